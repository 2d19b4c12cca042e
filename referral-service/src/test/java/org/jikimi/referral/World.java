package org.jikimi.referral;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.referral.agency.AgencyState;
import org.jikimi.referral.agency.ChangeAgency;
import org.jikimi.referral.agency.NewAgency;
import org.jikimi.referral.agency.OpenAgency;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.referral.agency.RegisterAgency;
import org.jikimi.referral.agency.ServiceCatalogue;
import org.jikimi.referral.erasure.EraseChild;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.referral.intake.IdentifyChild;
import org.jikimi.referral.intake.MoveWork;
import org.jikimi.referral.intake.ReferralEventKinds;
import org.jikimi.referral.intake.ReferralIntake;
import org.jikimi.referral.placement.MovePlacements;
import org.jikimi.referral.placement.PlacementFeature;
import org.jikimi.referral.referral.MoveReferrals;
import org.jikimi.referral.referral.ReferralFeature;
import org.jikimi.referral.waiting.RetryWaiting;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;

/** The whole service without REST and Kafka, on a database of its own and a clock that the test moves. */
public final class World {
    public static final String DISTRICT = "11350";
    public static final String ELSEWHERE = "11110";

    public final DataSource database;
    public final Transactions transactions;
    public final TestClock clock = new TestClock();
    public final Times times = new Times(clock);
    public final Exclusions exclusions = new Exclusions();
    public final AgencyDirectory directory = new AgencyDirectory(times);
    public final RegisterAgency register;
    public final ChangeAgency change;
    public final ReferralFeature referrals;
    public final PlacementFeature placements;
    public final ReferralIntake intake;
    public final SubjectKeys keys = new SubjectKeys(new ConfiguredKeyring(Map.of("k", new byte[32]), "k", "k"));
    public final EraseChild erase;
    private final DueRunner dueWork;

    public World() throws SQLException {
        database = TestDatabase.create();
        transactions = Transactions.of(database);
        var events = new Events(new Outbox(), times, new ReferralEventKinds());
        var gained = new PlacesGained(new DueWork());
        register = new RegisterAgency(new DueWork(), gained, times);
        change = new ChangeAgency(new DueWork(), gained, times);
        referrals = new ReferralFeature(directory, gained, exclusions, events, times);
        placements = new PlacementFeature(directory, gained, exclusions, events, times);
        var move = new MoveWork(new MoveReferrals(), new MovePlacements());
        var identify = new IdentifyChild(exclusions, referrals.withdraw, placements.place, move);
        erase = new EraseChild(events, new DueWork(), keys, new ForgetSubjects(keys), times);
        intake = new ReferralIntake(
                referrals.request, referrals.follow, placements.place, exclusions, move, identify, erase, times);
        dueWork = new DueRunner(
                transactions,
                times,
                List.of(
                        referrals.expire,
                        placements.expireHold,
                        erase,
                        new OpenAgency(change, directory),
                        new RetryWaiting(directory, referrals.retry, placements.place)));
    }

    public int runDue() throws SQLException {
        return dueWork.runDue();
    }

    public List<String> query(String sql) throws SQLException {
        return TestDatabase.query(database, sql);
    }

    public static UUID agencyId(AgencyKind kind, int number) {
        var kinds = List.of(AgencyKind.values());
        return UUID.fromString("00000000-0000-7000-8%03d-%012d".formatted(kinds.indexOf(kind) + 1, number));
    }

    /** An open agency that serves {@link #DISTRICT}. */
    public UUID agency(AgencyKind kind, int number, String service, int places) throws SQLException {
        return agency(kind, number, Map.of(service, places), DISTRICT);
    }

    /** An open shelter that serves the districts. */
    public UUID shelter(int number, int beds, String... catchment) throws SQLException {
        return agency(AgencyKind.SHELTER, number, Map.of(ServiceCatalogue.SHELTER_PLACE, beds), catchment);
    }

    private UUID agency(AgencyKind kind, int number, Map<String, Integer> places, String... catchment)
            throws SQLException {
        var id = agencyId(kind, number);
        var agency = new NewAgency(id, kind, "Synthetic " + id, catchment[0], Set.of(catchment), places, null);
        transactions.run(tx -> register.register(tx, agency));
        return id;
    }

    public void placesBecome(UUID agencyId, String service, int places) throws SQLException {
        transactions.run(tx ->
                change.places(tx, directory.lock(tx, agencyId).orElseThrow(), times.today(), Map.of(service, places)));
    }

    public void becomes(UUID agencyId, AgencyState state) throws SQLException {
        transactions.run(tx -> change.status(tx, directory.lock(tx, agencyId).orElseThrow(), state));
    }

    /** Runs each in a thread and a transaction of its own, all at once. */
    public <T> List<T> atOnce(List<Transactions.Work<T>> works) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newFixedThreadPool(works.size())) {
            var running = new ArrayList<Future<T>>();
            for (var work : works) {
                Callable<T> call = () -> transactions.run(work);
                running.add(threads.submit(call));
            }
            for (var one : running) {
                results.add(one.get());
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
        return results;
    }
}
