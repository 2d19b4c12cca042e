package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.registry.SendChildren.with;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ids that prove to be one child, and one that proves to be two. */
class IdentityTest {
    private static final String MEDICAL = "SUSPECTED_ABUSE_MEDICAL_RECORD";

    private TwoIds ids;
    private World world;
    private UUID child;
    private UUID other;

    @BeforeEach
    void aChildWithTwoIds() throws Exception {
        ids = new TwoIds();
        world = ids.world;
        child = ids.child;
        other = ids.other;
    }

    @Test
    void whatIsSaidOfEitherIdCountsForTheChildBeforeTheMergeAndAfter() throws Exception {
        SendSignals.send(world, "health-insurance", "1", signal("S1", "NO_MEDICAL_USE", "RRN", "A2", "2026-09-01"));

        ids.merge(other, child);
        SendSignals.send(world, "power-utility", "2", signal("S2", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));
        SendSignals.send(world, "water-utility", "3", signal("S3", "WATER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));

        assertEquals(List.of("3"), bits(child));
        assertEquals(List.of("0"), bits(other));
    }

    @Test
    void aCorrectionOfWhatWasSaidOfTheAliasIsOneOfTheChild() throws Exception {
        SendSignals.send(world, "health-insurance", "1", signal("S1", "NO_MEDICAL_USE", "RRN", "A2", "2026-09-01"));
        ids.merge(other, child);

        SendSignals.send(
                world,
                "health-insurance",
                "2",
                signal("S1", "NO_MEDICAL_USE", "RRN", "A2", "2026-09-01", "2026-09-20"));

        assertEquals(List.of("0"), bits(child));
    }

    @Test
    void aSplitGivesEachWhatWasSaidOfItAlsoSince() throws Exception {
        SendSignals.send(world, "health-insurance", "1", signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01"));
        ids.merge(other, child);
        SendSignals.send(world, "power-utility", "2", signal("S2", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2026-09-01"));

        ids.split(other, child);

        assertEquals(List.of("1"), bits(child));
        assertEquals(List.of("1"), bits(other));
        assertEquals(
                List.of("MERGED", "SPLIT"), world.query("SELECT kind FROM identity_decision ORDER BY decided_at, id"));
    }

    @Test
    void whoeverWorksForAnIdHearsThatItIsOfAChildWhoHasDied() throws Exception {
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), other, 1, true));
        world.execute("UPDATE child SET status = 'DECEASED', status_on = '2026-09-20' WHERE id = '" + child + "'");

        ids.merge(other, child);

        assertEquals(
                List.of(child + " DECEASED 2026-09-20 true true"),
                world.query(
                        "SELECT key || concat_ws(' ', '', d ->> 'state', d ->> 'statusOn', d ->> 'openWork', d ->> 'toldBefore') FROM "
                                + "(SELECT key, convert_from(payload, 'UTF8')::jsonb AS d FROM outbox "
                                + "WHERE type = 'ChildStatusChanged') AS told"));
    }

    @Test
    void whatTheRegisterSaysOfAnIdOfAnotherChildIsToldAsThat() throws Exception {
        ids.merge(other, child);

        SendChildren.send(world, "alias", with(child("A2", "H-2", "2015-05-02"), "DECEASED", "2026-09-20"));
        SendChildren.send(world, "survivor", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));

        assertEquals(
                List.of(other + " true", child.toString()),
                world.query(
                        "SELECT concat_ws(' ', key, convert_from(payload, 'UTF8')::jsonb ->> 'ofAlias') FROM outbox "
                                + "WHERE type = 'ChildStatusChanged' ORDER BY seq"));
    }

    @Test
    void whoeverWorksForAChildWhoHasDiedIsNotAlertedOnceMoreByAMerge() throws Exception {
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), child, 1, true));
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));

        ids.merge(other, child);

        assertEquals(
                List.of("true", "false"),
                world.query("SELECT convert_from(payload, 'UTF8')::jsonb ->> 'openWork' FROM outbox "
                        + "WHERE type = 'ChildStatusChanged' ORDER BY seq"));
    }

    @Test
    void whoeverWorksForAChildHearsOfADeathThatTheRegisterTellsOfAnAlias() throws Exception {
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), child, 1, true));
        ids.merge(other, child);

        SendChildren.send(world, "after", with(child("A2", "H-2", "2015-05-02"), "DECEASED", "2026-09-20"));

        assertEquals(
                List.of(other + " true"),
                world.query("SELECT key || ' ' || (convert_from(payload, 'UTF8')::jsonb ->> 'openWork') FROM outbox "
                        + "WHERE type = 'ChildStatusChanged'"));
    }

    @Test
    void aRoundJudgesTheChildOnceAndLinksItToWorkOnTheAlias() throws Exception {
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), other, 1, true));
        ids.merge(other, child);

        new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(List.of(child + " CASE"), world.query("SELECT child_id || ' ' || link_kind FROM round_child"));
    }

    @Test
    void anUrgentSignalAboutTheAliasFlagsTheChildOnce() throws Exception {
        ids.merge(other, child);

        SendSignals.send(world, "clinic", "1", signal("U1", MEDICAL, "RRN", "A2", "2026-09-30"));
        SendSignals.send(world, "clinic", "2", signal("U2", MEDICAL, "RRN", "A1", "2026-09-29"));

        assertEquals(List.of(child.toString()), world.query("SELECT child_id FROM flag"));
        assertEquals(List.of(child.toString()), world.query("SELECT key FROM outbox WHERE type = 'ChildFlagged'"));
    }

    @Test
    void anOpenUrgentFlagOfTheAliasIsTheChilds() throws Exception {
        SendSignals.send(world, "clinic", "1", signal("U1", MEDICAL, "RRN", "A2", "2026-09-30"));
        ids.merge(other, child);

        SendSignals.send(world, "clinic", "2", signal("U2", MEDICAL, "RRN", "A1", "2026-09-29"));

        assertEquals(List.of(other.toString()), world.query("SELECT child_id FROM flag"));
    }

    @Test
    void theAliasAnswersAsTheChildUntilItIsSplit() throws Exception {
        ids.merge(other, child);
        var merged = find(other);

        ids.split(other, child);

        assertEquals(child, merged);
        assertEquals(other, find(other));
    }

    @Test
    void aMoveOfTheAliasInTheRegisterIsNoMoveOfTheChild() throws Exception {
        ids.merge(other, child);

        SendChildren.send(world, "after", child("A2", "H-2", "2015-05-02", "TWO_PARENT", "1111051500", "HOME"));

        assertEquals(List.of(), world.query("SELECT 1 FROM outbox WHERE type = 'ChildMoved'"));
    }

    @Test
    void eachDecisionTellsWhereBothLiveSoThatOpenWorkGoesAlong() throws Exception {
        SendChildren.send(world, "apart", child("A2", "H-2", "2015-05-02", "TWO_PARENT", "1111051500", "HOME"));
        ids.merge(other, child);
        ids.split(other, child);

        assertEquals(
                world.query("SELECT concat_ws(' ', one.dong_code, two.district_code, two.dong_code, home.household_id) "
                        + "FROM child one, child two, child home WHERE one.id = '" + child + "' AND two.id = '" + other
                        + "' AND home.id IN (one.id, two.id) ORDER BY home.id <> one.id"),
                world.query("""
                        SELECT concat_ws(' ', d ->> 'dongCode', coalesce(d ->> 'mergedDistrictCode', d ->> 'splitDistrictCode'),
                            coalesce(d ->> 'mergedDongCode', d ->> 'splitDongCode'),
                            coalesce(d ->> 'householdId', d ->> 'splitHouseholdId'))
                        FROM (SELECT *, convert_from(payload, 'UTF8')::jsonb AS d FROM outbox
                            WHERE type LIKE 'ChildIdentity%') AS o ORDER BY seq"""));
    }

    @Test
    void eachDecisionIsToldWithTheVersionsThatItLeaves() throws Exception {
        ids.merge(other, child);
        ids.split(other, child);

        assertEquals(
                List.of(
                        child + " ChildIdentityMerged " + other + " 2 2",
                        child + " ChildIdentitySplit " + other + " 3 3"),
                world.query("""
                        SELECT key || ' ' || type || ' ' || coalesce(d ->> 'mergedChildId', d ->> 'splitChildId')
                            || ' ' || (d ->> 'version') || ' '
                            || coalesce(d ->> 'mergedChildVersion', d ->> 'splitChildVersion')
                        FROM (SELECT *, convert_from(payload, 'UTF8')::jsonb AS d FROM outbox) AS o ORDER BY seq"""));
    }

    @Test
    void anAliasIsOfAChildAndNeverOfAnAlias() throws Exception {
        SendChildren.send(world, "third", child("A3", "H-3", "2015-05-03"));
        var third = ids.born("2015-05-03");
        ids.merge(other, child);

        assertEquals(IdentityProblems.ALIAS, ids.refusal(third, other));
        assertEquals(IdentityProblems.ALIAS, ids.refusal(other, third));
        assertEquals(IdentityProblems.HAS_ALIASES, ids.refusal(child, third));
        assertEquals(null, ids.refusal(third, child));
    }

    @Test
    void aProvisionalChildDoesNotSurviveOneOfTheRegister() throws Exception {
        world.execute("UPDATE child SET provisional = true WHERE id = '" + child + "'");

        assertEquals(IdentityProblems.PROVISIONAL_SURVIVOR, ids.refusal(other, child));
        assertEquals(null, ids.refusal(child, other));
    }

    @Test
    void aNewbornWithATemporaryNumberDoesNotSurviveItsOwnRegistration() throws Exception {
        newborn("TNN");

        assertEquals(IdentityProblems.TEMPORARY_SURVIVOR, ids.refusal(other, child));
        assertEquals(null, ids.refusal(child, other));
        newborn("TMN");
        assertEquals(IdentityProblems.TEMPORARY_SURVIVOR, ids.refusal(other, child));
    }

    @Test
    void aNewbornWhoIsRegisteredLeavesTheSurveyOfTemporaryNumbers() throws Exception {
        newborn("TNN");
        ids.merge(child, other);

        new RunRound(world).screened(Programme.TEMPORARY_NUMBER_SURVEY, World.TODAY);

        assertEquals(List.of(other + " RRN"), world.query("SELECT child_id || ' ' || scheme FROM round_child"));
        assertEquals(List.of(), world.query("SELECT child_id FROM flag"));
    }

    @Test
    void whatTheRegisterSaysOfARegisteredNewbornHoldsForItUnderEitherNumber() throws Exception {
        newborn("TNN");
        ids.merge(child, other);

        var moved = child("A2", "H-2", "2015-05-02", "TWO_PARENT", "1111051500", "HOME");
        SendChildren.send(world, "moved", moved);
        SendChildren.send(world, "died", with(moved, "DECEASED", "2026-09-30"));

        assertEquals(
                List.of(other + " 11110"),
                world.query("SELECT key || ' ' || (convert_from(payload, 'UTF8')::jsonb ->> 'districtCode') "
                        + "FROM outbox WHERE type = 'ChildMoved'"));
        for (var number : List.of(ofNumber("TNN", "N1"), ofNumber("RRN", "A2"))) {
            assertEquals(
                    List.of(other, "11110", "DECEASED"), List.of(number.id(), number.districtCode(), number.status()));
        }
    }

    /** The first of the two, as if the register had known it by a temporary number so far. */
    private void newborn(String scheme) throws Exception {
        world.execute("DELETE FROM child_identifier WHERE child_id = '" + child + "'");
        world.execute("DELETE FROM child WHERE id = '" + child + "'");
        world.execute("DELETE FROM child_state WHERE child_id = '" + child + "'");
        SendChildren.send(world, scheme, child("N1", "H-1", "2015-05-01").replace("RRN", scheme));
        child = ids.born("2015-05-01");
    }

    private Children.Child ofNumber(String scheme, String value) throws Exception {
        return world.transactions.run(tx -> new Children()
                .ofIdentifier(tx, Identifiers.mac(world.keys, scheme, value))
                .orElseThrow());
    }

    private UUID find(UUID id) throws Exception {
        return world.transactions
                .run(tx -> new Children().find(tx, id).orElseThrow())
                .id();
    }

    private List<String> bits(UUID id) throws Exception {
        return world.query("SELECT bit_count(mask::bit(64)) FROM child_state WHERE child_id = '" + id + "'");
    }
}
