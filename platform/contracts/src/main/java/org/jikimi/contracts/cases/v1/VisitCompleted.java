package org.jikimi.contracts.cases.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.MayBeAbsent;

/**
 * The result of a visit for one child; one event per child of the household, flagged or not.
 *
 * @param visitId the visit
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code PLANNED}, {@code ATTEMPTED}, {@code COMPLETED}, {@code CLOSED}.
 * @param childId the child, a pseudonym
 * @param districtCode district 자치구, five digits
 * @param dongCode dong 행정동, ten digits
 * @param householdId the household, a pseudonym
 * @param flagId the flag; absent for a sibling who was not flagged
 * @param outcome result for this child. One of {@code SAFE}, {@code WELFARE_NEED}, {@code SUSPECTED_ABUSE},
 *     {@code REFUSED}, {@code UNLOCATED}, {@code ABROAD}, {@code MOVED}, {@code DECEASED}.
 * @param seen whether the child was seen
 * @param seenAlone whether the child was seen alone
 * @param needs needs found; declining help never raises a score; stays inside the platform
 * @param birthRegistration 출생신고, for temporary newborn numbers. One of {@code REGISTERED}, {@code PLANNED},
 *     {@code OVERSEAS}, {@code NOT_REGISTERED}, {@code RECORD_ERROR}.
 * @param registrationDelay why the birth is not registered yet, for temporary newborn numbers. One of
 *     {@code PROCEDURE_UNDER_WAY}, {@code PARENT_UNKNOWN}, {@code NO_PAPERS}, {@code FOREIGN_PARENT},
 *     {@code UNMARRIED_PARENT}, {@code DIVORCE_UNDER_WAY}, {@code OTHER}.
 * @param careSetting who raises the child, for temporary newborn numbers. One of {@code HOME}, {@code RELATIVE},
 *     {@code FACILITY}, {@code ADOPTED}, {@code UNKNOWN}.
 * @param completedAt when
 * @param notVisited true of a child to whom nobody went, for it lives elsewhere, or has died or emigrated by the register;
 *     absent of others
 */
public record VisitCompleted(
        UUID visitId,
        long version,
        String state,
        UUID childId,
        String districtCode,
        String dongCode,
        UUID householdId,
        @MayBeAbsent UUID flagId,
        String outcome,
        boolean seen,
        boolean seenAlone,
        List<Need> needs,
        @MayBeAbsent String birthRegistration,
        @MayBeAbsent String registrationDelay,
        @MayBeAbsent String careSetting,
        Instant completedAt,
        @MayBeAbsent Boolean notVisited) {
    public VisitCompleted {
        Objects.requireNonNull(visitId, "visitId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(districtCode, "districtCode");
        Objects.requireNonNull(dongCode, "dongCode");
        Objects.requireNonNull(householdId, "householdId");
        Objects.requireNonNull(outcome, "outcome");
        needs = List.copyOf(needs);
        Objects.requireNonNull(completedAt, "completedAt");
    }

    /**
     * A need of welfare and on what basis it may be met.
     *
     * @param code need
     * @param basis basis. One of {@code CONSENT}, {@code LEGAL_BASIS}, {@code DECLINED}.
     * @param legalBasis legal provision, as a code; absent unless the basis is {@code LEGAL_BASIS}
     */
    public record Need(
            String code, String basis, @MayBeAbsent String legalBasis) {
        public Need {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(basis, "basis");
        }
    }
}
