package org.jikimi.screening.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jikimi.screening.Plans;
import org.jikimi.screening.World;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.signal.SendSignals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child that the round of October flagged. */
class KnownOutcomesTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-20T01:00:00Z");
    private static final Instant APRIL = Instant.parse("2027-04-01T01:00:00Z");
    private static final Instant MAY = Instant.parse("2027-05-02T01:00:00Z");
    private static final KnownOutcome SAFE = new KnownOutcome(true, false, false, false);
    private static final KnownOutcome IN_NEED = new KnownOutcome(true, true, false, false);

    private final JoinOutcome join = new JoinOutcome();
    private World world;
    private UUID round;
    private UUID child;
    private UUID flag;

    @BeforeEach
    void aChildThatWasFlagged() throws Exception {
        world = new World();
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 9)");
        SendChildren.send(world, "children", child("A", "H-A", "2015-05-01"));
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-A", "2026-09-01"));
        SendSignals.send(world, "water-utility", "w", signal("W", "WATER_CUTOFF", "HOUSEHOLD", "H-A", "2026-09-01"));
        round = new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        child = UUID.fromString(world.query("SELECT id FROM child").getFirst());
        flag = UUID.fromString(world.query("SELECT id FROM flag").getFirst());
    }

    /** As a later round flags the child, or it is flagged between rounds where there is none. */
    private UUID flaggedAgain(UUID id, @Nullable UUID laterRound, String state, Instant at) throws SQLException {
        var again = UUID.randomUUID();
        world.execute("""
                INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, round_id, score,
                                  reasons, urgent, model_version, as_of, flagged_at)
                SELECT '%s', 1, '%s', '%s', household_id, district_code, dong_code, CAST(%s AS uuid), score, reasons,
                       %b, model_version, as_of, '%s' FROM flag WHERE id = '%s'""".formatted(
                again, state, id, laterRound == null ? "NULL" : "'" + laterRound + "'", laterRound == null, at, flag));
        return again;
    }

    private UUID visited(@Nullable UUID ofFlag, String outcome, Instant at) throws SQLException {
        var visit = UUID.randomUUID();
        visited(visit, ofFlag, outcome, at);
        return visit;
    }

    private void visited(UUID visit, @Nullable UUID ofFlag, String outcome, Instant at) throws SQLException {
        world.transactions.run(tx -> join.visitCompleted(
                tx, visit, child, 1, ofFlag, VisitFinding.of(outcome, !outcome.equals("UNLOCATED")), at));
    }

    private Map<UUID, KnownOutcome> known() throws SQLException {
        return world.transactions.run(tx -> KnownOutcomes.of(tx, round, World.TODAY));
    }

    @Test
    void whatIsFoundAfterAChildIsFlaggedAnewTellsNothingOfTheFlagBefore() throws Exception {
        visited(flag, "SAFE", OCTOBER);
        var later = flaggedAgain(child, UUID.randomUUID(), "FLAGGED", APRIL);
        visited(later, "WELFARE_NEED", MAY);

        assertThat(known()).containsExactly(Map.entry(child, SAFE));
    }

    @Test
    void whereNoVisitToldBeforeTheNextFlagNothingIsKnown() throws Exception {
        visited(flag, "UNLOCATED", OCTOBER);
        var urgent = flaggedAgain(child, null, "FLAGGED", APRIL);
        visited(urgent, "WELFARE_NEED", MAY);

        assertThat(known()).isEmpty();
    }

    @Test
    void aFlagUnderAnAliasIsTheNextOneToo() throws Exception {
        var alias = UUID.randomUUID();
        visited(flag, "SAFE", OCTOBER);
        flaggedAgain(alias, UUID.randomUUID(), "FLAGGED", APRIL);
        world.execute("INSERT INTO child_alias (alias_id, child_id) VALUES ('%s', '%s')".formatted(alias, child));
        world.execute("UPDATE visit_result SET completed_at = '" + MAY + "'");
        world.execute("UPDATE flag SET visited_at = NULL, state = 'FLAGGED'");

        assertThat(known()).isEmpty();
    }

    @Test
    void whoWaitsInTheBacklogOfALaterRoundIsNotFlaggedAnew() throws Exception {
        flaggedAgain(child, UUID.randomUUID(), "BACKLOG", APRIL);
        visited(null, "WELFARE_NEED", MAY);

        assertThat(known()).containsExactly(Map.entry(child, IN_NEED));
    }

    @Test
    void whatWasFoundWhileAChildWaitedInTheBacklogIsNotWhatItsFlagCameTo() throws Exception {
        var urgent = flaggedAgain(child, null, "FLAGGED", OCTOBER);
        visited(urgent, "WELFARE_NEED", OCTOBER.plusSeconds(3600));
        world.execute("UPDATE flag SET promoted_at = '" + APRIL + "' WHERE id = '" + flag + "'");
        visited(flag, "SAFE", MAY);

        assertThat(known()).containsExactly(Map.entry(child, SAFE));
    }

    @Test
    void aVisitThatAnswersBothFlagsTellsOfBoth() throws Exception {
        var urgent = flaggedAgain(child, null, "FLAGGED", OCTOBER.minusSeconds(3600));
        var visit = visited(urgent, "WELFARE_NEED", OCTOBER);
        visited(visit, flag, "WELFARE_NEED", OCTOBER);

        assertThat(known()).containsExactly(Map.entry(child, IN_NEED));
    }

    @Test
    void theFirstVisitThatTellsCounts() throws Exception {
        visited(flag, "UNLOCATED", OCTOBER);
        visited(flag, "SAFE", APRIL);
        visited(null, "WELFARE_NEED", MAY);

        assertThat(known()).containsExactly(Map.entry(child, SAFE));
    }

    @Test
    void theYearEndsAtMidnightInSeoul() throws Exception {
        var midnight = Instant.parse("2027-09-30T15:00:00Z");
        var visit = visited(flag, "SAFE", midnight);
        assertThat(known()).isEmpty();

        world.execute("UPDATE visit_result SET completed_at = '%s' WHERE visit_id = '%s'"
                .formatted(midnight.minusSeconds(1), visit));
        assertThat(known()).containsExactly(Map.entry(child, SAFE));
    }

    @Test
    void theRoundIsNotReadOnceMoreForEachAlias() throws Exception {
        var sql = KnownOutcomes.FROZEN_AS_ALIAS.replace(":round", "'" + round + "'");

        var plan = world.transactions.run(tx -> Plans.carriedOut(tx, sql));

        assertThat(plan).noneMatch(step -> step.contains("SubPlan"));
    }
}
