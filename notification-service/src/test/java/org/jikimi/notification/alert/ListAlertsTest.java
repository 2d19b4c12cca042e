package org.jikimi.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A list shows what its reader may see one by one, page by page. */
class ListAlertsTest {
    private static final UUID AGENCY = UUID.fromString("00000000-0000-7000-8001-000000000001");
    private static final AlertFilter ALL = AlertFilter.of(null, null, null, null);

    private final ListAlerts lists = new ListAlerts();
    private final List<UUID> raised = new ArrayList<>();
    private AlertWorld world;

    @BeforeEach
    void someAlerts() throws SQLException {
        world = new AlertWorld();
        raise(RecipientRole.DONG_OFFICER, "11110", null);
        raise(RecipientRole.POLICE, "11110", null);
        raise(RecipientRole.DONG_OFFICER, "11350", null);
        raise(RecipientRole.CASE_MANAGER, "11110", AGENCY);
        raise(RecipientRole.SUPERVISOR, null, null);
    }

    @Test
    void everyListIsWhatTheScopeLetsThrough() throws SQLException {
        for (var caller : List.of(
                caller("dong-officer", null, "11110"),
                caller("dong-officer", null, "11110", "11350"),
                caller("police", null, "11110"),
                caller("case-manager", AGENCY, "11110"),
                caller("case-manager", UUID.randomUUID(), "11110"),
                caller("supervisor", null, "11350"),
                caller("auditor", null, "11110", "11350"),
                caller("analyst", null, "11110"))) {
            var visible = new ArrayList<UUID>();
            for (var id : raised.reversed()) {
                if (AlertScope.refusalToSee(caller, world.alert(id)).isEmpty()) {
                    visible.add(id);
                }
            }
            assertThat(list(caller, ALL)).as(caller.roles().toString()).isEqualTo(visible);
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepeat() throws SQLException {
        var auditor = caller("auditor", null, "11110", "11350");
        var cursor = new Cursor(auditor.principal(), ALL.name(), List.of(), 2);
        var first = list(auditor, ALL, cursor).subList(0, 2);
        var after = ListAlerts.position(world.alert(first.getLast()));

        var rest = list(auditor, ALL, new Cursor(auditor.principal(), ALL.name(), after, 500));

        var all = new ArrayList<>(first);
        all.addAll(rest);
        assertThat(all).isEqualTo(raised.reversed());
    }

    @Test
    void aFilterLeavesOutTheRest() throws SQLException {
        var auditor = caller("auditor", null, "11110", "11350");
        var correlation = world.alert(raised.getFirst()).cause().correlationId();

        assertThat(list(auditor, AlertFilter.of(null, null, correlation, null))).containsExactly(raised.getFirst());
        assertThat(list(auditor, AlertFilter.of("CLOSED", null, null, null))).isEmpty();
        assertThat(list(auditor, AlertFilter.of("RAISED", "VISIT_PLANNED", null, "11350")))
                .containsExactly(raised.get(2));
    }

    private List<UUID> list(Caller caller, AlertFilter filter) throws SQLException {
        return list(caller, filter, new Cursor(caller.principal(), filter.name(), List.of(), 500));
    }

    private List<UUID> list(Caller caller, AlertFilter filter, Cursor cursor) throws SQLException {
        return world.transactions.run(tx ->
                lists.list(tx, caller, filter, cursor).stream().map(Alert::id).toList());
    }

    private void raise(RecipientRole role, @Nullable String district, @Nullable UUID agency) throws SQLException {
        var id = UUID.randomUUID();
        var draft = new AlertDraft(
                "rule",
                AlertKind.VISIT_PLANNED,
                Severity.INFO,
                new Addressee(role, district, agency),
                new AlertSubject(SubjectType.VISIT, id, id, id),
                new AlertCause(id, "VisitPlanned", UUID.randomUUID()),
                null,
                world.times.now(),
                world.times.now());
        world.raise(draft);
        raised.add(draft.alertId());
        world.clock.passes(Duration.ofSeconds(1));
    }

    private static Caller caller(String role, @Nullable UUID agency, String... districts) {
        return new Caller("somebody", Set.of(role), agency, Set.of(districts), null);
    }
}
