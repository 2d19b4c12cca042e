package org.jikimi.referral.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.World;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.referral.agency.AgencyState;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Referrals from request to completion, on PostgreSQL. */
class ReferralFlowTest {
    private static final String SERVICE = "LIVELIHOOD_SUPPORT";

    private World world;

    @BeforeEach
    void start() throws SQLException {
        world = new World();
    }

    @Test
    void aReferralIsOfferedToTheLeastLoadedAgencyAndTheReasonIsKept() throws SQLException {
        var busy = centre(1, 2);
        request();
        var free = centre(2, 2);

        var referral = request();

        assertThat(referral.state()).isEqualTo(ReferralState.OFFERED);
        assertThat(referral.agencyId()).isEqualTo(free);
        assertThat(world.query(
                        "SELECT agency_id || ' ' || rank || ' ' || taken || '/' || places FROM referral_judgement "
                                + "WHERE referral_id = '" + referral.id() + "' ORDER BY rank"))
                .containsExactly(free + " 1 0/2", busy + " 2 1/2");
        assertThat(types(referral)).containsExactly("ReferralRequested", "ReferralOffered");
    }

    @Test
    void theSameCauseIsReferredOnce() throws SQLException {
        centre(1, 5);
        var id = RequestReferral.idOf("visit:1");
        var ask = ask(UUID.randomUUID());

        boolean first = world.transactions.run(
                tx -> world.referrals.request.request(tx, id, ask, null).isPresent());
        boolean second = world.transactions.run(
                tx -> world.referrals.request.request(tx, id, ask, null).isPresent());

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(world.query("SELECT count(*) FROM referral")).containsExactly("1");
    }

    @Test
    void aDeclinedReferralGoesToTheNextBestAndStaysUnplacedWhenNobodyIsLeft() throws SQLException {
        centre(1, 5);
        var second = centre(2, 5);
        var referral = request();

        decline(referral, RefusalReason.NOT_SUITABLE);
        assertThat(find(referral).agencyId()).isEqualTo(second);

        decline(referral, RefusalReason.OTHER);
        assertThat(find(referral))
                .extracting(Referral::state, Referral::reason, Referral::agencyId)
                .containsExactly(ReferralState.UNPLACED, "ALL_DECLINED", null);
        assertThat(types(referral))
                .containsExactly(
                        "ReferralRequested",
                        "ReferralOffered",
                        "ReferralDeclined",
                        "ReferralOffered",
                        "ReferralDeclined",
                        "ReferralUnplaced");
    }

    @Test
    void aRefusalNamesTheOfferItAnswersByWhenThatWouldHaveEnded() throws SQLException {
        centre(1, 5);
        decline(request(), RefusalReason.OTHER);

        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::json->>'offerExpiresAt' FROM outbox "
                        + "WHERE type = 'ReferralDeclined'"))
                .doesNotContainNull()
                .isEqualTo(world.query("SELECT convert_from(payload, 'UTF8')::json->>'expiresAt' FROM outbox "
                        + "WHERE type = 'ReferralOffered'"));
    }

    @Test
    void theVersionRisesWithEveryEvent() throws SQLException {
        centre(1, 5);
        var referral = request();
        decline(referral, RefusalReason.OTHER);

        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::json->>'version' FROM outbox ORDER BY seq"))
                .containsExactly("1", "2", "3", "4");
        assertThat(find(referral).version()).isEqualTo(4);
    }

    @Test
    void anOfferThatNobodyAnswersInTimeGoesToTheNextBest() throws SQLException {
        centre(1, 5);
        var second = centre(2, 5);
        var referral = request();

        world.clock.passes(ReferralFeature.TERMS.ordinary().minusSeconds(1));
        world.runDue();
        assertThat(find(referral).round()).isEqualTo(1);

        world.clock.passes(Duration.ofSeconds(1));
        world.runDue();
        assertThat(find(referral).agencyId()).isEqualTo(second);

        world.clock.passes(ReferralFeature.TERMS.ordinary());
        world.runDue();
        assertThat(find(referral))
                .extracting(Referral::state, Referral::reason)
                .containsExactly(ReferralState.UNPLACED, "ALL_EXPIRED");
        assertThat(types(referral))
                .containsExactly(
                        "ReferralRequested",
                        "ReferralOffered",
                        "ReferralExpired",
                        "ReferralOffered",
                        "ReferralExpired",
                        "ReferralUnplaced");
    }

    @Test
    void aReferralThatNobodyTakesIsEndedAndToldAndNobodyIsAskedAgain() throws SQLException {
        var referral = request();
        assertThat(referral.state()).isEqualTo(ReferralState.UNPLACED);

        var result = cancel(referral);
        centre(1, 5);
        world.runDue();

        assertThat(result).isInstanceOf(CancelReferral.Result.Cancelled.class);
        assertThat(find(referral))
                .extracting(Referral::state, Referral::reason)
                .containsExactly(ReferralState.CANCELLED, "NO_LONGER_NEEDED");
        assertThat(types(referral)).containsExactly("ReferralRequested", "ReferralUnplaced", "ReferralCancelled");
    }

    @Test
    void anOfferThatIsTakenBackGivesItsPlaceToWhoeverWaits() throws SQLException {
        var centre = centre(1, 1);
        var offered = request();
        var waiting = request();

        cancel(offered);
        world.runDue();

        assertThat(find(waiting).agencyId()).isEqualTo(centre);
        assertThat(world.query("SELECT answer FROM referral_offer WHERE referral_id = '" + offered.id() + "'"))
                .containsExactly("WITHDRAWN");
        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::json->>'agencyId' FROM outbox "
                        + "WHERE type = 'ReferralCancelled'"))
                .containsExactly(centre.toString());
    }

    @Test
    void whatAnAgencyHasTakenOnIsNotCancelled() throws SQLException {
        centre(1, 5);
        var referral = request();
        accept(referral);

        assertThat(cancel(referral)).isInstanceOf(CancelReferral.Result.NotOpen.class);

        assertThat(find(referral).state()).isEqualTo(ReferralState.ACCEPTED);
    }

    private CancelReferral.Result cancel(Referral referral) throws SQLException {
        return world.transactions.run(tx -> world.referrals.cancel.cancel(
                tx, new Referrals().lock(tx, referral.id()).orElseThrow(), "NO_LONGER_NEEDED", null));
    }

    @Test
    void anAcceptedOfferDoesNotExpire() throws SQLException {
        centre(1, 5);
        var referral = request();
        accept(referral);

        world.clock.passes(Duration.ofDays(100));
        world.runDue();

        assertThat(find(referral).state()).isEqualTo(ReferralState.ACCEPTED);
    }

    @Test
    void whatNobodyCouldTakeIsOfferedWhenAPlaceIsFree() throws SQLException {
        centre(1, 1);
        var first = request();
        var waiting = request();
        assertThat(waiting)
                .extracting(Referral::state, Referral::reason)
                .containsExactly(ReferralState.UNPLACED, "NO_MATCH");
        accept(first);

        world.transactions.run(tx -> {
            world.referrals.complete(tx, first.id(), ServiceOutcome.GOALS_REACHED);
            return true;
        });
        world.runDue();

        assertThat(find(waiting).state()).isEqualTo(ReferralState.OFFERED);
    }

    @Test
    void whatNobodyCouldTakeIsOfferedToANewAgencyAndNotToOneThatFoundItUnsuitable() throws SQLException {
        centre(1, 5);
        var referral = request();
        decline(referral, RefusalReason.NOT_SUITABLE);
        world.becomes(World.agencyId(AgencyKind.WELFARE_CENTRE, 1), AgencyState.RENOVATING);
        world.becomes(World.agencyId(AgencyKind.WELFARE_CENTRE, 1), AgencyState.OPEN);
        world.runDue();
        assertThat(find(referral).state()).isEqualTo(ReferralState.UNPLACED);

        var opened = centre(2, 1);
        world.runDue();

        assertThat(find(referral).agencyId()).isEqualTo(opened);
    }

    @Test
    void anAgencyIsNeverOfferedMoreThanItHasPlacesHoweverManyAskAtOnce() throws Exception {
        centre(1, 3);
        centre(2, 2);
        var works = new ArrayList<Transactions.Work<Referral>>();
        for (int i = 0; i < 16; i++) {
            works.add(tx -> world.referrals
                    .request
                    .request(tx, UUID.randomUUID(), ask(UUID.randomUUID()), null)
                    .orElseThrow());
        }

        world.atOnce(works);

        assertThat(world.query("SELECT state || ' ' || coalesce(right(agency_id::text, 1), '-') || ' ' || count(*) "
                        + "FROM referral GROUP BY state, agency_id ORDER BY 1"))
                .containsExactly("OFFERED 1 3", "OFFERED 2 2", "UNPLACED - 11");
    }

    @Test
    void ofTwoWhoAcceptForTheLastPlaceAtOnceOneGetsIt() throws Exception {
        var agency = centre(1, 2);
        var referrals = List.of(request(), request());
        world.placesBecome(agency, SERVICE, 1);
        var works = new ArrayList<Transactions.Work<Boolean>>();
        referrals.forEach(referral -> works.add(tx -> world.referrals.accept(tx, referral.id())));

        assertThat(world.atOnce(works)).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void acceptanceAndExpiryAtOnceEndInOneOfBoth() throws Exception {
        centre(1, 5);
        var referral = request();
        world.clock.passes(ReferralFeature.TERMS.ordinary());
        List<Transactions.Work<Boolean>> works = List.of(tx -> world.referrals.accept(tx, referral.id()), tx -> {
            world.referrals.expire.handle(tx, ExpireOffer.subject(referral), world.times.now(), world.times.now());
            return true;
        });

        var accepted = world.atOnce(works).getFirst();

        assertThat(find(referral).state()).isEqualTo(accepted ? ReferralState.ACCEPTED : ReferralState.UNPLACED);
    }

    @Test
    void anAgencyThatIsClosedCannotAccept() throws SQLException {
        var agency = centre(1, 5);
        var referral = request();
        world.becomes(agency, AgencyState.CLOSED);

        assertThat(world.transactions.<Boolean>run(tx -> world.referrals.accept(tx, referral.id())))
                .isFalse();
    }

    private UUID centre(int number, int places) throws SQLException {
        return world.agency(AgencyKind.WELFARE_CENTRE, number, SERVICE, places);
    }

    private Referral request() throws SQLException {
        return world.transactions.run(tx -> world.referrals
                .request
                .request(tx, UUID.randomUUID(), ask(UUID.randomUUID()), null)
                .orElseThrow());
    }

    private void accept(Referral referral) throws SQLException {
        world.transactions.run(tx -> world.referrals.accept(tx, referral.id()));
    }

    private void decline(Referral referral, RefusalReason reason) throws SQLException {
        world.transactions.run(tx -> {
            world.referrals.decline(tx, referral.id(), reason);
            return true;
        });
    }

    private Referral find(Referral referral) throws SQLException {
        return world.transactions.run(
                tx -> world.referrals.find(tx, referral.id()).orElseThrow());
    }

    private List<String> types(Referral referral) throws SQLException {
        return world.query(
                "SELECT type FROM outbox WHERE key = '" + referral.ask().childId() + "' ORDER BY seq");
    }

    private Ask ask(UUID child) {
        return new Ask(
                child,
                World.DISTRICT,
                null,
                SERVICE,
                null,
                Urgency.ORDINARY,
                Basis.CONSENT,
                null,
                null,
                null,
                null,
                UUID.randomUUID(),
                world.times.now());
    }
}
