package org.jikimi.screening.round.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jikimi.screening.reference.Programme;
import org.jspecify.annotations.Nullable;

/**
 * A screening round. Its inputs are frozen when it opens; what it flags follows from them alone.
 *
 * @param version from 1; rises with every change
 * @param work what is being done in the background; null for nothing
 * @param modelVersion scorecard; null until it is opened
 * @param manifest SHA-256 of all that its screening decided, in hex; null until it is screened
 * @param cancelledFor why it was given up before it had flagged anybody; null if it was not
 */
public record Round(
        UUID id,
        long version,
        Plan plan,
        RoundState state,
        @Nullable RoundWork work,
        @Nullable String modelVersion,
        @Nullable String manifest,
        Figures figures,
        Moments moments,
        @Nullable CancelReason cancelledFor) {

    /**
     * What was asked for.
     *
     * @param asOf day on which every input is judged
     * @param composition whom the analyst chose; null where the programme leaves no choice
     */
    public record Plan(
            Programme programme, LocalDate asOf, @Nullable Composition composition) {}

    /**
     * Children counted.
     *
     * @param children those whose states were frozen
     * @param excluded candidates that are linked to the work that somebody does for them already
     * @param backlog candidates whose dong can visit no more
     * @param seen flagged children somebody has seen; counted when the round closes
     */
    public record Figures(int children, int excluded, int flagged, int backlog, int seen) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0);
    }

    /** When it went on; null for what has not come yet. */
    public record Moments(
            Instant planned,
            @Nullable Instant opened,
            @Nullable Instant screened,
            @Nullable Instant closed) {}

    public static Round planned(UUID id, Plan plan, Instant now) {
        return new Round(
                id,
                1,
                plan,
                RoundState.PLANNED,
                null,
                null,
                null,
                Figures.NONE,
                new Moments(now, null, null, null),
                null);
    }

    /** Planned otherwise. */
    public Round replanned(Plan other) {
        return new Round(id, version + 1, other, state, work, modelVersion, manifest, figures, moments, cancelledFor);
    }

    public Round working(RoundWork next) {
        return new Round(id, version + 1, plan, state, next, modelVersion, manifest, figures, moments, cancelledFor);
    }

    /** Nothing is being done any more. */
    public Round workDone() {
        return new Round(id, version + 1, plan, state, null, modelVersion, manifest, figures, moments, cancelledFor);
    }

    public Round opened(String model, int frozen, Instant now) {
        return new Round(
                id,
                version + 1,
                plan,
                RoundState.OPENED,
                null,
                model,
                null,
                new Figures(frozen, 0, 0, 0, 0),
                new Moments(moments.planned(), now, null, null),
                null);
    }

    public Round screened(String manifested, int leftOut, int selected, int waiting, Instant now) {
        return new Round(
                id,
                version + 1,
                plan,
                RoundState.SCREENED,
                null,
                modelVersion,
                manifested,
                new Figures(figures.children(), leftOut, selected, waiting, 0),
                new Moments(moments.planned(), moments.opened(), now, null),
                null);
    }

    /** Children of its backlog moved up. */
    public Round movedUp(int promoted) {
        var counted = new Figures(
                figures.children(),
                figures.excluded(),
                figures.flagged() + promoted,
                figures.backlog() - promoted,
                figures.seen());
        return new Round(id, version + 1, plan, state, work, modelVersion, manifest, counted, moments, cancelledFor);
    }

    public Round closed(int seen, Instant now) {
        return new Round(
                id,
                version + 1,
                plan,
                RoundState.CLOSED,
                null,
                modelVersion,
                manifest,
                new Figures(figures.children(), figures.excluded(), figures.flagged(), figures.backlog(), seen),
                new Moments(moments.planned(), moments.opened(), moments.screened(), now),
                null);
    }

    /** Given up before it has flagged anybody. */
    public Round cancelled(CancelReason reason, Instant now) {
        return new Round(
                id,
                version + 1,
                plan,
                RoundState.CLOSED,
                null,
                modelVersion,
                manifest,
                figures,
                new Moments(moments.planned(), moments.opened(), null, now),
                reason);
    }

    /** Whether its flags are being worked on. */
    public boolean isUnderWay() {
        return state == RoundState.SCREENED || state == RoundState.TRACKING;
    }

    /** The time of its screening; its flags bear it, however often it is screened again. */
    public Instant screeningTime(Instant now) {
        var screened = moments.screened();
        return screened == null ? now : screened;
    }
}
