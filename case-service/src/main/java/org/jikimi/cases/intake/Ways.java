package org.jikimi.cases.intake;

import org.jikimi.cases.move.Move;
import org.jikimi.cases.support.Place;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jspecify.annotations.Nullable;

/** From where to where an id of a child goes, as events tell. */
final class Ways {
    private Ways() {}

    static Move of(ChildMoved moved) {
        return new Move(
                moved.childId(),
                moved.version(),
                moved.householdId(),
                new Place(moved.fromDistrictCode(), moved.fromDongCode()),
                new Place(moved.districtCode(), moved.dongCode()));
    }

    /** The way of the alias to the child that survives; null if it is not told. */
    static @Nullable Move of(ChildIdentityMerged merged) {
        var dong = merged.dongCode();
        var household = merged.householdId();
        var fromDistrict = merged.mergedDistrictCode();
        var fromDong = merged.mergedDongCode();
        if (dong == null || household == null || fromDistrict == null || fromDong == null) {
            return null;
        }
        return new Move(
                merged.mergedChildId(),
                merged.mergedChildVersion(),
                household,
                new Place(fromDistrict, fromDong),
                new Place(merged.districtCode(), dong));
    }

    /** The way of the id that was an alias to its own home; null if it is not told. */
    static @Nullable Move of(ChildIdentitySplit split) {
        var dong = split.dongCode();
        var household = split.splitHouseholdId();
        var toDistrict = split.splitDistrictCode();
        var toDong = split.splitDongCode();
        if (dong == null || household == null || toDistrict == null || toDong == null) {
            return null;
        }
        return new Move(
                split.splitChildId(),
                split.splitChildVersion(),
                household,
                new Place(split.districtCode(), dong),
                new Place(toDistrict, toDong));
    }
}
