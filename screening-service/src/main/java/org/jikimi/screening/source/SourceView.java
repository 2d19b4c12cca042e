package org.jikimi.screening.source;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * What a source delivers of one indicator. Counts are of the window that was asked for, all else of now.
 *
 * @param source an agency's id, or the kind of source where it has no agency
 * @param indicator code; {@code UNASSIGNED} for rejected lines that name none of the catalogue
 * @param lastArrivalAt when a line last arrived, taken or not
 * @param lastDeliveredOn day in Seoul on which a line was last taken; null if none ever was
 * @param freshnessDays days since then, from 0; null if there was none
 * @param received lines, {@code accepted + duplicates + rejected}
 * @param duplicates lines that said what was known
 * @param rejectionRate share of the received lines that was rejected, 0 to 1; null if none was received
 * @param rejections rejected lines by code, such as {@code unknown-subject}
 * @param usualIntervalDays days that usually lie between two deliveries; null before there were enough of them
 * @param silentAfterDays so many days after its last delivery the source is silent; null as before
 * @param silentSince first day on which nothing came, while the source is silent; null if it is not
 * @param silenceId the silence as alerts name it; null if none was told of since the last delivery
 */
public record SourceView(
        String source,
        String indicator,
        String nameEn,
        String nameKo,
        Instant lastArrivalAt,
        @Nullable LocalDate lastDeliveredOn,
        @Nullable Integer freshnessDays,
        long received,
        long accepted,
        long duplicates,
        long rejected,
        @Nullable Double rejectionRate,
        Map<String, Long> rejections,
        @Nullable Integer usualIntervalDays,
        @Nullable Integer silentAfterDays,
        @Nullable LocalDate silentSince,
        @Nullable UUID silenceId) {
    static final String UNASSIGNED = "UNASSIGNED";

    /**
     * Shows a delivery.
     *
     * @param rhythm how the source usually delivers; empty if that is not known, or the indicator may not be used
     */
    static SourceView of(Deliveries.Delivery delivery, Optional<SilenceRule.Rhythm> rhythm, LocalDate today) {
        var key = delivery.key();
        var last = delivery.days().isEmpty() ? null : delivery.days().getFirst();
        long received = delivery.accepted() + delivery.duplicates() + delivery.rejected();
        return new SourceView(
                key.source(),
                key.indicator(),
                key.bit() < 0
                        ? "No known indicator"
                        : Indicators.all().get(key.bit()).nameEn(),
                key.bit() < 0 ? "지표 미상" : Indicators.all().get(key.bit()).nameKo(),
                delivery.lastArrivalAt(),
                last,
                last == null ? null : Math.toIntExact(ChronoUnit.DAYS.between(last, today)),
                received,
                delivery.accepted(),
                delivery.duplicates(),
                delivery.rejected(),
                received == 0 ? null : (double) delivery.rejected() / received,
                delivery.rejections(),
                rhythm.map(SilenceRule.Rhythm::intervalDays).orElse(null),
                rhythm.map(SilenceRule.Rhythm::silentAfterDays).orElse(null),
                rhythm.filter(usual -> usual.isSilentOn(today))
                        .map(usual -> usual.last().plusDays(1))
                        .orElse(null),
                delivery.silenceId());
    }
}
