package org.jikimi.screening.risk;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.World;
import org.jikimi.screening.flag.FactsRows;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.AgeBand;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child's points, explained: without what it would not be flagged, since when, and beside whom. */
class RiskTest {
    private static final ScorecardDocument MODEL = Models.shipped();
    private static final Scorecard TODAYS = new Scorecard(MODEL, World.TODAY, Lawful.ALL);

    private World world;

    @BeforeEach
    void aFamilyInNeed() throws Exception {
        world = new World();
        SendChildren.send(
                world,
                "children",
                child("A1", "H-1", "2015-05-01", "SINGLE_PARENT", World.DONG, "HOME")
                        + child("B1", "H-2", "2015-05-02")
                        + child("C1", "H-3", "2015-05-03")
                        + child("D1", "H-4", "2015-05-04", "TWO_PARENT", "1111053000", "HOME"));
    }

    private Facts facts(String born) throws SQLException {
        return world.transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT c.birth_date, c.family_type, c.district_code, s.mask, s.observed "
                        + "FROM child c JOIN child_state s ON s.child_id = c.id WHERE c.birth_date = '" + born + "'")
                .map((row, c) -> FactsRows.facts(row))
                .one());
    }

    private UUID id(String born) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst());
    }

    private Counterfactual without(String code, Facts facts) {
        return Counterfactual.of(TODAYS, facts, TODAYS.reasons(facts)).stream()
                .filter(one -> one.without().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itSaysWithoutWhichObservationTheChildWouldNotBeFlagged() throws Exception {
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        SendSignals.send(world, "water-utility", "w", signal("W", "WATER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        var facts = facts("2015-05-02");
        int all = TODAYS.score(facts);
        assertTrue(all >= MODEL.threshold(), String.valueOf(all));

        var power = without("POWER_CUTOFF", facts);

        assertEquals(all - 12, power.score());
        assertFalse(power.candidate());
        assertTrue(power.textEn().endsWith(": " + power.score() + " points, not flagged"), power.textEn());
        assertTrue(without("REGION_11350", facts).candidate());
    }

    @Test
    void whoIsFlaggedForAnUrgentIndicatorIsStillFlaggedAtOnceWithoutAnythingElse() throws Exception {
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        SendSignals.send(world, "justice", "j", signal("J", "JUSTICE_ABUSE_INFORMATION", "RRN", "B1", "2026-09-01"));
        var facts = facts("2015-05-02");
        assertTrue(TODAYS.score(facts) < MODEL.urgentThreshold());

        var power = without("POWER_CUTOFF", facts);
        var justice = without("JUSTICE_ABUSE_INFORMATION", facts);

        assertTrue(power.urgent());
        assertTrue(power.textEn().endsWith(" points, flagged at once"), power.textEn());
        assertTrue(without("REGION_11350", facts).urgent());
        assertFalse(justice.urgent());
    }

    @Test
    void whatMayNotCountFlagsNobodyAtOnce() throws Exception {
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        SendSignals.send(world, "justice", "j", signal("J", "JUSTICE_ABUSE_INFORMATION", "RRN", "B1", "2026-09-01"));
        var facts = facts("2015-05-02");
        int bit = Indicators.of("JUSTICE_ABUSE_INFORMATION").orElseThrow().bit();
        var scorecard = new Scorecard(MODEL, World.TODAY, new Lawful(~(1L << bit)));

        assertTrue(Counterfactual.of(scorecard, facts, scorecard.reasons(facts)).stream()
                .noneMatch(Counterfactual::urgent));
    }

    @Test
    void ofBandsThatOverlapTheOneLeftOutAloneTakesItsPointsAway() {
        var facts = new Facts(World.TODAY.minusMonths(6), "TWO_PARENT", World.DONG.substring(0, 5), 0, new short[0]);
        var scorecard = new Scorecard(
                ages(new AgeBand("AGE_UNDER_1", 0, 12, 6, "test"), new AgeBand("AGE_UNDER_3", 0, 36, 4, "test")),
                World.TODAY,
                Lawful.ALL);
        int all = scorecard.score(facts);

        var without = Counterfactual.of(scorecard, facts, scorecard.reasons(facts));

        assertEquals(
                List.of("AGE_UNDER_1 " + (all - 6), "AGE_UNDER_3 " + (all - 4)),
                without.stream()
                        .filter(one -> one.without().startsWith("AGE"))
                        .map(one -> one.without() + " " + one.score())
                        .toList());
    }

    private static ScorecardDocument ages(AgeBand... bands) {
        return new ScorecardDocument(
                "ages-1",
                null,
                null,
                null,
                20,
                70,
                5,
                MODEL.indicators(),
                List.of(bands),
                MODEL.familyTypes(),
                MODEL.regions());
    }

    @Test
    void whereTwoCodesSayOneFactTheOtherTakesItsPlace() throws Exception {
        SendSignals.send(world, "welfare-office", "s", signal("S", "SINGLE_PARENT", "HOUSEHOLD", "H-1", "2026-09-01"));
        var facts = facts("2015-05-01");
        var reasons = TODAYS.reasons(facts);
        var counted = reasons.stream()
                .filter(reason ->
                        reason.code().equals("SINGLE_PARENT") || reason.code().equals("FAMILY_SINGLE_PARENT"))
                .toList();
        assertEquals(1, counted.size(), reasons.toString());

        var without = without(counted.getFirst().code(), facts);

        assertTrue(without.score() > TODAYS.score(facts) - counted.getFirst().points(), reasons.toString());
    }

    @Test
    void theHistoryTellsWhatCameAndWentAndWhen() throws Exception {
        SendSignals.send(
                world,
                "power-utility",
                "p",
                signal("P1", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-03-01", "2026-04-10")
                        + signal("P2", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        var id = id("2015-05-02");
        var facts = facts("2015-05-02");

        var history = world.transactions.run(tx -> new ScoreHistory(MODEL, Lawful.ALL).of(tx, id, facts, World.TODAY));

        int base = TODAYS.score(facts) - 12;
        assertEquals(
                List.of(
                        new ScoreHistory.Change(
                                LocalDate.parse("2026-09-01"), base + 12, List.of("POWER_CUTOFF"), List.of()),
                        new ScoreHistory.Change(
                                LocalDate.parse("2026-04-10"), base, List.of(), List.of("POWER_CUTOFF")),
                        new ScoreHistory.Change(
                                LocalDate.parse("2026-03-01"), base + 12, List.of("POWER_CUTOFF"), List.of())),
                history);
    }

    @Test
    void whatIsTooOldLeavesTheHistoryOnTheDayAfterItsLast() throws Exception {
        SendSignals.send(world, "power-utility", "p", signal("P1", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-03-01"));
        var id = id("2015-05-02");
        var facts = facts("2015-05-02");

        var history = world.transactions.run(tx -> new ScoreHistory(MODEL, Lawful.ALL).of(tx, id, facts, World.TODAY));

        assertEquals(List.of("POWER_CUTOFF"), history.getFirst().went());
        assertFalse(new Scorecard(MODEL, history.getFirst().on(), Lawful.ALL)
                .reasons(facts).stream().anyMatch(reason -> reason.code().equals("POWER_CUTOFF")));
        assertTrue(new Scorecard(MODEL, history.getFirst().on().minusDays(1), Lawful.ALL)
                .reasons(facts).stream().anyMatch(reason -> reason.code().equals("POWER_CUTOFF")));
    }

    @Test
    void theHistoryTellsOnWhichDayAChildGrewOutOfAnAgeAndIntoTheNext() throws Exception {
        var born = LocalDate.parse("2025-03-31");
        var facts = new Facts(born, "TWO_PARENT", "11350", 0, new short[0]);
        var model = ages(
                new AgeBand("AGE_UNDER_18_MONTHS", 0, 18, 6, "test"),
                new AgeBand("AGE_18_TO_35_MONTHS", 18, 36, 4, "test"));

        var history = history(model, facts);

        // the 31st of September is not there: eighteen months are over on the day after
        int base = new Scorecard(model, World.TODAY, Lawful.ALL).score(facts) - 4;
        assertEquals(
                List.of(new ScoreHistory.Change(
                        World.TODAY, base + 4, List.of("AGE_18_TO_35_MONTHS"), List.of("AGE_UNDER_18_MONTHS"))),
                history);
    }

    @Test
    void theHistoryOfAnyAgeAgreesWithTheScorecardOnEveryDayOfTheYear() throws Exception {
        var days =
                World.TODAY.minusDays(365).datesUntil(World.TODAY.plusDays(1)).toList();
        var scorecards =
                days.stream().map(day -> new Scorecard(MODEL, day, Lawful.ALL)).toList();
        for (var born = World.TODAY.minusYears(2); !born.isAfter(World.TODAY); born = born.plusDays(1)) {
            var facts = new Facts(born, "TWO_PARENT", "11350", 0, new short[0]);
            var expected = new ArrayList<String>();
            for (int day = days.size() - 1; day > 0; day--) {
                int score = scorecards.get(day).score(facts);
                if (score != scorecards.get(day - 1).score(facts)) {
                    expected.add(days.get(day) + " " + score);
                }
            }

            var history = history(MODEL, facts);

            assertEquals(
                    expected,
                    history.stream()
                            .map(change -> change.on() + " " + change.score())
                            .toList(),
                    "born " + born);
        }
    }

    private List<ScoreHistory.Change> history(ScorecardDocument model, Facts facts) throws SQLException {
        return world.transactions.run(
                tx -> new ScoreHistory(model, Lawful.ALL).of(tx, UUID.randomUUID(), facts, World.TODAY));
    }

    @Test
    void thePercentileCountsTheDistrictsChildrenWithFewerPointsAndIsKeptForAWhile() throws Exception {
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        int score = TODAYS.score(facts("2015-05-02"));
        var scores = new DistrictScores();
        var now = world.times.now();

        var percentile = world.transactions.run(
                tx -> scores.percentile(tx, "11350", TODAYS, Lawful.ALL, World.TODAY, now, score));
        SendSignals.send(world, "power-utility", "q", signal("Q", "POWER_CUTOFF", "HOUSEHOLD", "H-3", "2026-09-01"));
        var soon = world.transactions.run(
                tx -> scores.percentile(tx, "11350", TODAYS, Lawful.ALL, World.TODAY, now.plusSeconds(60), score));
        var later = world.transactions.run(
                tx -> scores.percentile(tx, "11350", TODAYS, Lawful.ALL, World.TODAY, now.plusSeconds(16 * 60), score));

        assertEquals(new RiskView.Percentile(66.7, 3, now), percentile);
        assertEquals(percentile, soon);
        assertEquals(33.3, later.value());
    }

    @Test
    void whatMayNoLongerCountDoesNotCountForThePercentileEither() throws Exception {
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        int score = TODAYS.score(facts("2015-05-02"));
        var withoutPower =
                new Lawful(~(1L << Indicators.of("POWER_CUTOFF").orElseThrow().bit()));
        var judging = new Scorecard(MODEL, World.TODAY, withoutPower);
        var scores = new DistrictScores();
        var now = world.times.now();
        world.transactions.run(tx -> scores.percentile(tx, "11350", TODAYS, Lawful.ALL, World.TODAY, now, score));

        var percentile = world.transactions.run(
                tx -> scores.percentile(tx, "11350", judging, withoutPower, World.TODAY, now.plusSeconds(1), score));

        assertEquals(100.0, percentile.value());
    }
}
