package org.jikimi.referral.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which beds siblings get. */
class BedPlanTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    @Test
    void siblingsStayTogetherInTheShelterWithMostRoom() {
        assertThat(BedPlan.of(2, List.of(near(A, 3, 5), near(B, 1, 4, 6))))
                .isEqualTo(new BedPlan.Together(List.of(new Bed(B, 1), new Bed(B, 4))));
    }

    @Test
    void aChildJoinsItsSiblingsRatherThanTheShelterWithMostRoom() {
        var withSibling = new FreeBeds(A, true, 1, List.of(7));

        assertThat(BedPlan.of(1, List.of(near(B, 1, 2, 3), withSibling)))
                .isEqualTo(new BedPlan.Together(List.of(new Bed(A, 7))));
    }

    @Test
    void equalRoomIsDecidedByTheId() {
        assertThat(BedPlan.of(1, List.of(near(B, 1), near(A, 2))))
                .isEqualTo(new BedPlan.Together(List.of(new Bed(A, 2))));
    }

    @Test
    void siblingsAreSplitOnlyWhenNoShelterHasRoomForAll() {
        assertThat(BedPlan.of(3, List.of(near(A, 9), near(B, 1, 2))))
                .isEqualTo(new BedPlan.Split(List.of(new Bed(B, 1), new Bed(B, 2), new Bed(A, 9))));
    }

    @Test
    void noneGetsABedWhenThereAreNotEnoughForAll() {
        assertThat(BedPlan.of(3, List.of(near(A, 1), near(B, 1))))
                .isEqualTo(new BedPlan.NoBeds(Fallback.EMERGENCY_FOSTER_CARE));
        assertThat(BedPlan.of(1, List.of())).isEqualTo(new BedPlan.NoBeds(Fallback.EMERGENCY_FOSTER_CARE));
    }

    @Test
    void aShelterElsewhereWithRoomForAllIsProposedAndNotTaken() {
        var elsewhere = new FreeBeds(B, false, 0, List.of(1, 2));

        assertThat(BedPlan.of(2, List.of(near(A, 1), elsewhere)))
                .isEqualTo(new BedPlan.NoBeds(Fallback.NEIGHBOURING_DISTRICT));
        assertThat(BedPlan.of(3, List.of(near(A, 1), elsewhere)))
                .isEqualTo(new BedPlan.NoBeds(Fallback.EMERGENCY_FOSTER_CARE));
    }

    private static FreeBeds near(UUID shelter, int... numbers) {
        return new FreeBeds(shelter, true, 0, IntStream.of(numbers).boxed().toList());
    }
}
