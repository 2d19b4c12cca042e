package org.jikimi.screening.registry;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.screening.reference.Districts;
import org.jspecify.annotations.Nullable;

/** Entries of the registry that may be one child, for a person to decide; nothing is merged by itself. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class DuplicateResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final Duplicates duplicates;
    private final DecideIdentity decide;
    private final Children children = new Children();

    DuplicateResource(Exchange exchange, Cursors cursors, SubjectKeys keys, DecideIdentity decide) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.duplicates = new Duplicates(keys);
        this.decide = decide;
    }

    /**
     * Two entries that may be one child.
     *
     * @param score 0 to 1
     * @param reasons {@code SAME_NAME}, {@code SIMILAR_NAME}, {@code SAME_BIRTH_DATE}, {@code TRANSPOSED_BIRTH_DATE},
     *     {@code SAME_HOUSEHOLD}, {@code TEMPORARY_NUMBER} (one has a TNN or TMN), {@code WITHOUT_NUMBER}
     */
    public record CandidateView(UUID childId, UUID otherId, double score, List<String> reasons) {
        public CandidateView {
            reasons = List.copyOf(reasons);
        }
    }

    /** Two ids that a person found to be two children; {@code reason} is a code. */
    public record DistinctionRequest(
            @Nullable UUID childId,
            @Nullable UUID otherId,
            @Nullable String reason) {}

    /** What was decided of two ids. */
    public record DistinctionView(UUID childId, UUID otherId, String decision) {}

    /**
     * Candidates of a district, without names. Those that somebody decided on are left out. A page may be short, or empty,
     * while there is a next one. Errors: 400; 403 other district.
     *
     * @param limit about how many, 50 if absent
     */
    @GET
    @Path("children/duplicates")
    @RolesAllowed({"dong-officer", "abuse-investigator", "supervisor"})
    public Response list(
            @QueryParam("district") @Nullable String district,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("child.duplicates", call -> {
            if (district == null || !Districts.isDistrict(district)) {
                return Answer.refused(Problems.INVALID_PARAMETER.with("parameter", "district"));
            }
            call.requireDistrict(district);
            var from = cursors.read(call.caller(), "duplicates?district=" + district, limit, cursor);
            var after = from.atBeginning()
                    ? new UUID(0, 0)
                    : UUID.fromString(from.after().getFirst());
            var found = duplicates.find(call.tx(), district, after, from.limit());
            var items = found.pairs().stream()
                    .filter(pair -> call.caller().covers(pair.otherDistrict()))
                    .map(pair -> new CandidateView(
                            pair.childId(),
                            pair.otherId(),
                            pair.likeness().score(),
                            pair.likeness().reasons()))
                    .toList();
            items.forEach(pair -> {
                call.about("child", pair.childId());
                call.about("child", pair.otherId());
            });
            var next = found.next();
            return Answer.ok(new Page<>(items, next == null ? null : cursors.after(from, List.of(next.toString()))));
        });
    }

    /**
     * Records that two ids are two children, so that they are no candidates any more. Needs {@code Idempotency-Key}.
     * Errors: 403 unless both districts are the caller's; 404; 422.
     */
    @POST
    @Path("children/distinctions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"dong-officer", "abuse-investigator", "supervisor"})
    public Response distinguish(DistinctionRequest request) {
        return exchange.create("child.distinguish", request, Remember.FOR_EVER, call -> {
            var id = request.childId();
            var otherId = request.otherId();
            var reason = request.reason();
            if (id == null) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "childId"));
            }
            if (otherId == null || otherId.equals(id)) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "otherId"));
            }
            KeyLocks.lock(call.tx(), List.of(id.toString(), otherId.toString())); // neither is erased meanwhile
            for (var one : List.of(id, otherId)) {
                call.about("child", one);
                var child = children.kept(call.tx(), one);
                if (child.isEmpty()) {
                    return Answer.refused(Problems.NOT_FOUND.with("childId", one.toString()));
                }
                call.requireDistrict(child.get().districtCode());
            }
            call.authorised();
            if (reason == null || !DecideIdentity.isReason(reason)) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "reason"));
            }
            decide.distinguish(
                    call.tx(),
                    new DecideIdentity.Decision(
                            id, otherId, reason, call.caller().principal(), call.now()));
            return Answer.created("/api/v1/children/" + id, new DistinctionView(id, otherId, "NOT_SAME"), 1);
        });
    }
}
