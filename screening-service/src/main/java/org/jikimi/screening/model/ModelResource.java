package org.jikimi.screening.model;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/** Versions of the scorecard. One person proposes, another activates. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {
    static final Problem VERSION_TAKEN =
            Problem.of("model-version-taken", 409, "This version exists already", "이미 있는 버전입니다");
    static final Problem NOT_PROPOSED =
            Problem.of("model-not-proposed", 409, "Only a proposed version can be activated", "제안된 버전만 적용할 수 있습니다");
    static final Problem NOT_RETIRED = Problem.of(
            "model-not-retired", 409, "Only a version that was in use can come back", "사용되었던 버전만 되돌릴 수 있습니다");
    static final Problem SECOND_PERSON =
            Problem.of("second-person-needed", 403, "Who proposed a version may not activate it", "제안자는 적용할 수 없습니다");

    private final Exchange exchange;
    private final Times times;
    private final Models models = new Models();

    ModelResource(Exchange exchange, Times times) {
        this.exchange = exchange;
        this.times = times;
    }

    /** A version; see {@link ScorecardDocument}. */
    public record ModelView(
            String version,
            String state,
            Instant proposedAt,
            @Nullable Instant activatedAt,
            ScorecardDocument scorecard) {
        static ModelView of(Models.Model model) {
            return new ModelView(
                    model.scorecard().version(),
                    model.state(),
                    model.proposedAt(),
                    model.activatedAt(),
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
            models.active(call.tx(), times.now());
            return Answer.ok(new ModelList(
                    models.all(call.tx()).stream().map(ModelView::of).toList()));
        });
    }

    /** Proposes a version. Errors: 409 the version exists; 422 with what is wrong. */
    @POST
    @RolesAllowed("analyst")
    public Response propose(ScorecardDocument document) {
        return exchange.create("model.propose", document, Remember.A_DAY, call -> {
            var fault = document.fault();
            if (fault.isPresent()) {
                return Answer.refused(Problems.INVALID_FIELD.withDetail(fault.get()));
            }
            models.active(call.tx(), times.now());
            if (!models.propose(call.tx(), document, call.caller().principal(), times.now())) {
                return Answer.refused(VERSION_TAKEN);
            }
            call.about("model", document.version());
            var model = models.find(call.tx(), document.version()).orElseThrow();
            return Answer.created("/api/v1/models/" + document.version(), ModelView.of(model), 1);
        });
    }

    /** Puts a proposed version to use; rounds opened before keep theirs. Errors: 403 by its proposer; 404; 409. */
    @POST
    @Path("{version}/activation")
    @RolesAllowed({"analyst", "supervisor"})
    public Response activate(@PathParam("version") String version) {
        return exchange.create("model.activate", version, Remember.A_DAY, call -> {
            var model = models.find(call.tx(), version);
            if (model.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            if (!model.get().state().equals("PROPOSED")) {
                return Answer.refused(NOT_PROPOSED);
            }
            if (model.get().proposedBy().equals(call.caller().principal())) {
                return Answer.refused(SECOND_PERSON);
            }
            models.activate(call.tx(), version, call.caller().principal(), times.now());
            call.about("model", version);
            return Answer.ok(ModelView.of(models.find(call.tx(), version).orElseThrow()));
        });
    }

    /** Puts a version that was in use before back in its place; rounds opened before keep theirs. Errors: 404; 409. */
    @POST
    @Path("{version}/rollback")
    @RolesAllowed({"analyst", "supervisor"})
    public Response rollBack(@PathParam("version") String version) {
        return exchange.create("model.rollback", version, Remember.A_DAY, call -> {
            var model = models.find(call.tx(), version);
            if (model.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            if (!model.get().state().equals("RETIRED")) {
                return Answer.refused(NOT_RETIRED);
            }
            models.activate(call.tx(), version, call.caller().principal(), times.now());
            call.about("model", version);
            return Answer.ok(ModelView.of(models.find(call.tx(), version).orElseThrow()));
        });
    }
}
