package org.jikimi.screening.registry;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Two ids that prove to be one child, and what was wrongly taken for one. A person decides, with a reason; nothing is
 * ever merged by itself.
 */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IdentityResource {
    private final Exchange exchange;
    private final DecideIdentity decide;
    private final Children children = new Children();

    IdentityResource(Exchange exchange, DecideIdentity decide) {
        this.exchange = exchange;
        this.decide = decide;
    }

    /**
     * Two ids that are one child.
     *
     * @param survivorId the id that survives
     * @param reason a code, such as {@code SAME_IDENTIFIER}
     */
    public record MergeRequest(
            @Nullable UUID survivorId, @Nullable String reason) {}

    /** Why an alias is none; {@code reason} is a code. */
    public record SplitRequest(@Nullable String reason) {}

    /**
     * Two ids after a decision.
     *
     * @param childId the id that survives
     * @param version of the child
     * @param otherId the id that is an alias now, or a child of its own again
     */
    public record IdentityView(UUID childId, long version, UUID otherId, boolean alias) {}

    /**
     * Takes this child for another that survives: it answers as that one from now on, and what is known of both counts
     * together. Needs {@code If-Match} with this child's {@code ETag}, and takes an {@code Idempotency-Key}. Errors: 403
     * unless both districts are the caller's; 404; 409 {@code child-is-alias}, {@code child-has-aliases}, {@code
     * provisional-survivor}, {@code temporary-survivor}; 412, 428; 422.
     */
    @POST
    @Path("children/{id}/merges")
    @RolesAllowed({"dong-officer", "abuse-investigator", "supervisor"})
    public Response merge(@PathParam("id") UUID id, MergeRequest request) {
        return exchange.change("child.merge", request, call -> {
            if (request.survivorId() == null || request.survivorId().equals(id)) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "survivorId"));
            }
            decide.lock(call.tx());
            var other = mine(call, id);
            var survivor = mine(call, request.survivorId());
            call.requireVersion(other.version());
            var refusal = decide.refusal(call.tx(), survivor, other);
            if (refusal != null) {
                return Answer.refused(refusal);
            }
            var pair = decide.merge(call.tx(), decision(call, survivor.id(), id, request.reason()));
            return answer(pair, true);
        });
    }

    /**
     * Takes an alias for a child of its own again: what was known of it before and since counts for it alone. Needs
     * {@code If-Match} with the {@code ETag} that a GET of the alias shows, the surviving child's, and takes an {@code
     * Idempotency-Key}. Errors: 403 unless both districts are the caller's; 404; 409 {@code child-is-no-alias}; 412, 428;
     * 422.
     */
    @POST
    @Path("children/{id}/splits")
    @RolesAllowed({"dong-officer", "abuse-investigator", "supervisor"})
    public Response split(@PathParam("id") UUID id, SplitRequest request) {
        return exchange.change("child.split", request, call -> {
            decide.lock(call.tx());
            mine(call, id);
            var alias = decide.survivorOf(call.tx(), id);
            var survivor = mine(call, alias.orElse(id));
            call.requireVersion(survivor.version());
            if (alias.isEmpty()) {
                return Answer.refused(IdentityProblems.NO_ALIAS);
            }
            return answer(decide.split(call.tx(), decision(call, survivor.id(), id, request.reason())), false);
        });
    }

    private static Answer answer(DecideIdentity.Pair pair, boolean alias) {
        var survivor = pair.survivor();
        var view =
                new IdentityView(survivor.id(), survivor.version(), pair.other().id(), alias);
        return Answer.ok(view, survivor.version());
    }

    private Children.Child mine(Call call, UUID id) {
        call.about("child", id);
        var child = children.kept(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        call.requireDistrict(child.districtCode());
        return child;
    }

    private static DecideIdentity.Decision decision(Call call, UUID survivor, UUID other, @Nullable String reason) {
        if (reason == null || !DecideIdentity.isReason(reason)) {
            throw new ProblemException(Problems.INVALID_FIELD.with("field", "reason"));
        }
        return new DecideIdentity.Decision(
                survivor, other, reason, call.caller().principal(), call.now());
    }
}
