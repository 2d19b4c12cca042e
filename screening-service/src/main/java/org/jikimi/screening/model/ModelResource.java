package org.jikimi.screening.model;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Versions of the scorecard. One person proposes, another activates. They have one {@code ETag} together, since putting
 * one to use takes another out of use.
 */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    private final Exchange exchange;
    private final Times times;
    private final Models models = new Models();

    ModelResource(Exchange exchange, Times times) {
        this.exchange = exchange;
        this.times = times;
    }

    /**
     * A version; see {@link ScorecardDocument}.
     *
     * @param activatedAt when a second person first put it to use; null if nobody has
     * @param shadowSince since when rounds are scored by it too, without its flagging anybody; null if they are not
     */
    public record ModelView(
            String version,
            String state,
            Instant proposedAt,
            @Nullable Instant activatedAt,
            @Nullable Instant shadowSince,
            ScorecardDocument scorecard) {
        static ModelView of(Models.Model model) {
            return new ModelView(
                    model.scorecard().version(),
                    model.state(),
                    model.proposedAt(),
                    model.activatedAt(),
                    model.shadowSince(),
                    model.scorecard());
        }
    }

    /** All versions, oldest first. */
    public record ModelList(List<ModelView> items) {}

    /** Lists all versions, oldest first. */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response list() {
        return exchange.read("model.list", call -> {
            models.offerShipped(call.tx(), times.now());
            return Answer.ok(
                    new ModelList(
                            models.all(call.tx()).stream().map(ModelView::of).toList()),
                    models.revision(call.tx()));
        });
    }

    /** Shows a version, with the {@code ETag} of all versions. Errors: 404. */
    @GET
    @Path("{version}")
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response show(@PathParam("version") String version) {
        return exchange.read("model.read", call -> {
            models.offerShipped(call.tx(), times.now());
            call.about("model", version);
            return models.find(call.tx(), version)
                    .map(model -> Answer.ok(ModelView.of(model), models.revision(call.tx())))
                    .orElseGet(() -> Answer.refused(Problems.NOT_FOUND));
        });
    }

    /** Proposes a version; needs {@code Idempotency-Key}. Errors: 400 without a key; 409 the version exists; 422 with what is wrong. */
    @POST
    @RolesAllowed("analyst")
    public Response propose(ScorecardDocument document) {
        return exchange.create("model.propose", document, Remember.A_DAY, call -> {
            call.authorised();
            requireSound(document);
            models.lock(call.tx());
            models.offerShipped(call.tx(), times.now());
            if (!models.propose(call.tx(), document, call.caller().principal(), times.now())) {
                return Answer.refused(ModelProblems.VERSION_TAKEN);
            }
            call.about("model", document.version());
            var model = models.find(call.tx(), document.version()).orElseThrow();
            return Answer.created(
                    "/api/v1/models/" + document.version(), ModelView.of(model), models.revision(call.tx()));
        });
    }

    /**
     * Puts a proposed version to use; rounds opened before keep theirs. Needs {@code If-Match}, and takes an {@code
     * Idempotency-Key}. Errors: 403 by its proposer; 404; 409; 412, 428; 422 one that an earlier release let be proposed,
     * and that could not be proposed now.
     */
    @POST
    @Path("{version}/activation")
    @RolesAllowed({"analyst", "supervisor"})
    public Response activate(@PathParam("version") String version) {
        return exchange.change("model.activate", version, call -> {
            var model = locked(call, version);
            if (!model.state().equals("PROPOSED")) {
                return Answer.refused(ModelProblems.NOT_PROPOSED);
            }
            if (model.proposedBy().equals(call.caller().principal())) {
                return Answer.refused(ModelProblems.SECOND_PERSON);
            }
            return activated(call, model);
        });
    }

    /**
     * Puts a version that was in use before back in its place; rounds opened before keep theirs. Needs {@code If-Match},
     * and takes an {@code Idempotency-Key}. Errors: 404; 409; 412, 428; 422 one that could not be proposed now.
     */
    @POST
    @Path("{version}/rollback")
    @RolesAllowed({"analyst", "supervisor"})
    public Response rollBack(@PathParam("version") String version) {
        return exchange.change("model.rollback", version, call -> {
            var model = locked(call, version);
            if (!model.state().equals("RETIRED")) {
                return Answer.refused(ModelProblems.NOT_RETIRED);
            }
            return activated(call, model);
        });
    }

    /**
     * Has every round that opens from now on scored by this version too, beside the one in use, which alone flags. Needs
     * {@code If-Match}, and takes an {@code Idempotency-Key}. Errors: 404; 409 it is in use, or another is the shadow; 412,
     * 428; 422 one that could not be proposed now.
     */
    @POST
    @Path("{version}/shadow")
    @RolesAllowed({"analyst", "supervisor"})
    public Response beginShadow(@PathParam("version") String version) {
        return exchange.change("model.shadow", version, call -> {
            var model = locked(call, version);
            var shadow = models.shadow(call.tx());
            if (shadow.isPresent()) {
                return Answer.refused(ModelProblems.SHADOW_TAKEN.with("version", shadow.get()));
            }
            if (model.state().equals("ACTIVE")) {
                return Answer.refused(ModelProblems.IN_USE);
            }
            requireSound(model.scorecard());
            models.shadow(call.tx(), version, call.now());
            return shown(call, version);
        });
    }

    /**
     * Ends that; rounds opened before keep their shadow. Needs {@code If-Match}, and takes an {@code Idempotency-Key}.
     * Errors: 404; 409; 412, 428.
     */
    @POST
    @Path("{version}/shadow/ending")
    @RolesAllowed({"analyst", "supervisor"})
    public Response endShadow(@PathParam("version") String version) {
        return exchange.change("model.end-shadow", version, call -> {
            var model = locked(call, version);
            if (model.shadowSince() == null) {
                return Answer.refused(ModelProblems.NOT_SHADOW);
            }
            models.shadow(call.tx(), version, null);
            return shown(call, version);
        });
    }

    private Models.Model locked(Call call, String version) throws SQLException {
        call.about("model", version);
        models.lock(call.tx());
        var model = models.find(call.tx(), version).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        call.requireVersion(models.revision(call.tx()));
        return model;
    }

    /** Whatever an earlier release let pass: what could not be proposed now scores nobody. */
    private static void requireSound(ScorecardDocument scorecard) {
        var fault = scorecard.fault();
        if (fault.isPresent()) {
            throw new ProblemException(Problems.INVALID_FIELD
                    .with("field", fault.get().field())
                    .withDetail(fault.get().detail()));
        }
    }

    private Answer activated(Call call, Models.Model model) {
        requireSound(model.scorecard());
        var version = model.scorecard().version();
        models.activate(call.tx(), version, call.caller().principal(), times.now());
        return shown(call, version);
    }

    private Answer shown(Call call, String version) {
        return Answer.ok(ModelView.of(models.find(call.tx(), version).orElseThrow()), models.revision(call.tx()));
    }
}
