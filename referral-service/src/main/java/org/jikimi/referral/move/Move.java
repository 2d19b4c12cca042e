package org.jikimi.referral.move;

import java.util.UUID;

/**
 * A child moved 전출입, from one district 자치구 (five digits) and dong 행정동 (ten digits) to another. Work that lies in
 * the place the child left follows.
 *
 * @param version version of the child in the registry, which tells moves apart and in which order they were
 */
public record Move(UUID childId, long version, String fromDistrict, String fromDong, String toDistrict, String toDong) {
    /** Whether it leads nowhere else. */
    public boolean staysThere() {
        return fromDistrict.equals(toDistrict) && fromDong.equals(toDong);
    }

    /** The same from another place. */
    public Move from(String district, String dong) {
        return new Move(childId, version, district, dong, toDistrict, toDong);
    }

    /** The same of another id of the child. */
    public Move of(UUID id) {
        return new Move(id, version, fromDistrict, fromDong, toDistrict, toDong);
    }
}
