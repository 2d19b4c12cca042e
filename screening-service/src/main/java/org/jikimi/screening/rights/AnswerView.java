package org.jikimi.screening.rights;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.screening.risk.RiskView;
import org.jspecify.annotations.Nullable;

/**
 * What who asked is given. It says nothing of why something is withheld but the article, and the same words for every
 * ground.
 *
 * @param law article under which parts, or all of it, are withheld
 * @param withheld the parts that are not told, whether or not anything is kept in them; {@code ALL} if it was refused
 * @param held what the registry keeps; null if nothing of it is told
 * @param signals what agencies observed, the newest first
 * @param selections rounds that selected the child, the newest first
 * @param readings who read, the newest first, at most {@value Readings#MOST}
 * @param review what a person found of the automated part: {@code UPHELD}, {@code CONFIRMED} or {@code EXPLAINED}; null
 *     where none was asked for
 * @param corrected fields of the registry that were corrected
 * @param asked indicators that their sources were asked to correct
 * @param elsewhere who else keeps something, and is asked the same way
 */
public record AnswerView(
        UUID requestId,
        String kind,
        String outcome,
        LocalDate answeredOn,
        String law,
        List<String> withheld,
        @Nullable HeldView held,
        List<SignalView> signals,
        List<SelectionView> selections,
        List<ReadingView> readings,
        @Nullable String review,
        List<String> corrected,
        List<String> asked,
        List<String> elsewhere,
        List<Notice> notices) {
    public AnswerView {
        withheld = List.copyOf(withheld);
        signals = List.copyOf(signals);
        selections = List.copyOf(selections);
        readings = List.copyOf(readings);
        corrected = List.copyOf(corrected);
        asked = List.copyOf(asked);
        elsewhere = List.copyOf(elsewhere);
        notices = List.copyOf(notices);
    }

    /** A sentence of the answer. */
    public record Notice(String textEn, String textKo) {}

    /** What the registry keeps; what is not told is null, and stands in {@link AnswerView#withheld}. */
    public record HeldView(
            @Nullable String name,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            @Nullable String numberKind,
            @Nullable String address,
            @Nullable String districtCode,
            @Nullable String dongCode,
            @Nullable String familyType,
            @Nullable String care,
            @Nullable String status) {
        @Override
        public String toString() {
            return "held";
        }
    }

    /**
     * An observation.
     *
     * @param signalId as its source calls it
     * @param sourceKind what kind of agency sent it
     */
    public record SignalView(
            String signalId,
            String indicator,
            String nameEn,
            String nameKo,
            String sourceKind,
            LocalDate observedOn,
            @Nullable LocalDate clearedOn) {}

    /**
     * Why a round selected the child, in which what is hidden does not show.
     *
     * @param asOf day on which it was judged
     * @param score points of the reasons that are told; null where it is not told
     * @param reasons those that are told, most points first
     */
    public record SelectionView(
            @Nullable String programme,
            LocalDate asOf,
            String modelVersion,
            @Nullable Integer score,
            List<RiskView.ReasonView> reasons) {
        public SelectionView {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * That somebody read, by office and not by name.
     *
     * @param at when; null where the day alone is told
     * @param office role under which it was read
     * @param agencyId for which agency; null for city staff, and where that is not told
     * @param what {@code child.read}, {@code child.risk}, {@code child.match} or {@code identity.disclose}
     * @param purpose why, as a code; null where none was needed, or that is not told
     */
    public record ReadingView(
            LocalDate on,
            @Nullable Instant at,
            String office,
            @Nullable UUID agencyId,
            String what,
            @Nullable String purpose) {}

    @Override
    public String toString() {
        return "answer to " + requestId;
    }
}
