package org.jikimi.referral.intake;

import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.referral.move.Move;
import org.jspecify.annotations.Nullable;

/** From where to where an id of a child goes, as events tell. */
final class Ways {
    private Ways() {}

    static Move of(ChildMoved moved) {
        return new Move(
                moved.childId(),
                moved.version(),
                moved.fromDistrictCode(),
                moved.fromDongCode(),
                moved.districtCode(),
                moved.dongCode());
    }

    /** The way of the alias to the child that survives; null if it is not told. */
    static @Nullable Move of(ChildIdentityMerged merged) {
        var district = merged.mergedDistrictCode();
        var dong = merged.mergedDongCode();
        var toDong = merged.dongCode();
        return district == null || dong == null || toDong == null
                ? null
                : new Move(
                        merged.mergedChildId(),
                        merged.mergedChildVersion(),
                        district,
                        dong,
                        merged.districtCode(),
                        toDong);
    }

    /** The way of the id that was an alias to its own home; null if it is not told. */
    static @Nullable Move of(ChildIdentitySplit split) {
        var dong = split.dongCode();
        var toDistrict = split.splitDistrictCode();
        var toDong = split.splitDongCode();
        return dong == null || toDistrict == null || toDong == null
                ? null
                : new Move(
                        split.splitChildId(),
                        split.splitChildVersion(),
                        split.districtCode(),
                        dong,
                        toDistrict,
                        toDong);
    }
}
