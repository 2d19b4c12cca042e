package org.jikimi.screening.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stays of requests when a child is erased: its own, and one of a child that it was taken for. */
class ErasedRequestsTest {
    private static final Instant NIGHT = Instant.parse("2026-10-01T18:00:00Z");
    private static final UUID OTHER = UUID.randomUUID();

    private World world;
    private Erasing erasing;
    private UUID grown = OTHER;

    @BeforeEach
    void aChildThatHasComeOfAge() throws Exception {
        world = new World();
        erasing = new Erasing(world);
        SendChildren.send(world, "children", child("GROWN", "H-1", "2005-05-01"));
        grown = UUID.fromString(world.query("SELECT id FROM child").getFirst());
    }

    @Test
    void anAnswerThatTellsOfTheChildGoesWithItThoughAnotherAsked() throws Exception {
        decided(OTHER, OTHER + "," + grown);
        decided(OTHER, OTHER.toString());

        erasing.on(NIGHT);

        assertThat(world.query("SELECT count(*) FROM rights_request r WHERE r::text LIKE '%" + grown + "%'"))
                .containsExactly("0");
        assertThat(world.query("SELECT cardinality(answered_as) || ' ' || coalesce(encode(answer, 'hex'), 'gone') "
                        + "FROM rights_request WHERE child_id = '" + OTHER
                        + "' AND answered_as[1] = child_id ORDER BY 1"))
                .containsExactly("1 5a5a", "2 gone");
    }

    @Test
    void theTimeOfARequestInTheAuditLeadsToNoRowOfNobody() throws Exception {
        decided(grown, grown.toString());

        erasing.on(NIGHT);

        assertThat(world.query(
                        "SELECT (registered_at AT TIME ZONE 'UTC')::text || ' ' || (decided_at AT TIME ZONE 'UTC') "
                                + "FROM rights_request"))
                .as("the days in Seoul alone")
                .containsExactly("2023-08-31 15:00:00 2023-09-02 15:00:00");
    }

    private void decided(UUID child, String answeredAs) throws Exception {
        world.execute("""
                INSERT INTO rights_request (id, version, child_id, kind, requester, identity_check, received_on, due_on,
                    wording, deferrals, registered_by, registered_at, outcome, decided_at, answer, answered_as)
                VALUES (gen_random_uuid(), 2, '%s', 'ACCESS', 'CHILD', 'ID_CARD', '2023-09-01', '2023-09-11', '\\x5a', 0, '',
                    '2023-09-01T14:59:58.123Z', 'GRANTED', '2023-09-02T15:00:01Z', '\\x5a5a', '{%s}')""".formatted(child, answeredAs));
    }
}
