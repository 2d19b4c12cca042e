package org.jikimi.screening.registry;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.reference.Districts;
import org.jikimi.screening.signal.ActOnSignals;
import org.jspecify.annotations.Nullable;

/** Children: who a child is, and for those who may know, its name. Every answer about a child is audited. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ChildResource {
    private static final Pattern PURPOSE = Pattern.compile("[A-Z][A-Z0-9_]{2,39}");
    private static final int MOST_DISCLOSED = 500;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ADDRESS = 500;

    private final Exchange exchange;
    private final Keyring keys;
    private final SubjectKeys subjects;
    private final Times times;
    private final ActOnSignals act;
    private final Children children = new Children();

    ChildResource(Exchange exchange, Keyring keys, SubjectKeys subjects, Times times, ActOnSignals act) {
        this.exchange = exchange;
        this.keys = keys;
        this.subjects = subjects;
        this.times = times;
        this.act = act;
    }

    /**
     * A child without who it is.
     *
     * @param status {@code RESIDENT}, {@code DECEASED} or {@code EMIGRATED}
     * @param statusOn since when; null if the register has not said
     */
    public record ChildView(
            UUID childId,
            long version,
            UUID householdId,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            String familyType,
            String districtCode,
            String dongCode,
            String care,
            String status,
            @Nullable LocalDate statusOn,
            boolean provisional) {}

    /**
     * Who it may be.
     *
     * @param childId the child, if the identifier is known or the description fits one alone
     * @param candidates children the description fits
     */
    public record MatchView(@Nullable UUID childId, List<UUID> candidates) {}

    /** Who children are. */
    public record DisclosureView(List<Identity> items) {
        /** Who a child is. */
        public record Identity(
                UUID childId,
                @Nullable String name,
                @Nullable String address,
                @Nullable LocalDate birthDate) {
            @Override
            public String toString() {
                return "identity of " + childId;
            }
        }
    }

    /** Shows a child without who it is; for an alias, the child that survives. Errors: 403 other district; 404. */
    @GET
    @Path("children/{id}")
    @RolesAllowed({"dong-officer", "abuse-investigator", "case-manager", "police", "supervisor"})
    public Response show(@PathParam("id") UUID id) {
        return exchange.read("child.read", call -> {
            var child = shown(call, id);
            if (child.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            call.requireDistrict(child.get().districtCode());
            return Answer.ok(view(child.get()), child.get().version());
        });
    }

    /** Finds a child by identifier, or by name, birth date and district. Errors: 422. */
    @POST
    @Path("children/matches")
    @RolesAllowed({"report-gateway", "medical", "school", "police", "dong-officer", "abuse-investigator", "case-manager"
    })
    public Response match(ChildRequests.Match request) {
        return exchange.create("child.match", request, Remember.A_DAY, call -> {
            if (!isPurpose(request.purpose())) {
                return invalid("purpose");
            }
            call.purpose(String.valueOf(request.purpose()));
            var identifier = request.identifier();
            return identifier != null ? byIdentifier(call, identifier) : byDescription(call, request.description());
        });
    }

    private Answer byIdentifier(Call call, ChildRequests.IdentifierPart identifier) throws SQLException {
        call.authorised();
        if (identifier.scheme() == null || !ChildLines.SCHEMES.contains(identifier.scheme())) {
            return invalid("identifier.scheme");
        }
        if (identifier.value() == null || identifier.value().isBlank()) {
            return invalid("identifier.value");
        }
        var mac = Identifiers.mac(keys, identifier.scheme(), identifier.value());
        var found = children.ofIdentifier(call.tx(), mac).map(Children.Child::id);
        call.about("child", found.map(UUID::toString).orElse("unknown"));
        return Answer.ok(new MatchView(found.orElse(null), found.stream().toList()));
    }

    private Answer byDescription(Call call, ChildRequests.@Nullable Description description) throws SQLException {
        if (description == null || description.birthDate() == null) {
            return invalid("description.birthDate");
        }
        var district = description.districtCode();
        if (district == null || !Districts.isDistrict(district)) {
            return invalid("description.districtCode");
        }
        if (description.name() == null || description.name().isBlank()) {
            return invalid("description.name");
        }
        call.requireDistrict(district);
        call.authorised();
        var described = children.described(call.tx(), description.birthDate(), district);
        var candidates = described.stream()
                .filter(child -> description.sex() == null || description.sex().equals(child.sex()))
                .filter(child -> description
                        .name()
                        .strip()
                        .equals(Personal.of(subjects, child).name()))
                .flatMap(child -> children.find(call.tx(), child.id()).stream())
                .map(Children.Child::id)
                .distinct()
                .toList();
        candidates.forEach(child -> call.about("child", child));
        if (candidates.isEmpty()) {
            call.about("child", "unknown");
        }
        return Answer.ok(new MatchView(candidates.size() == 1 ? candidates.getFirst() : null, candidates));
    }

    /** Mints a child that no register knows yet, so that a report has whom to be about. Errors: 422. */
    @POST
    @Path("children/provisional")
    @RolesAllowed({"report-gateway", "medical", "school", "police", "dong-officer", "abuse-investigator"})
    public Response provisional(ChildRequests.Provisional request) {
        return exchange.create("child.provisional", request, Remember.FOR_EVER, call -> {
            call.authorised();
            var wrong = wrongField(request);
            if (wrong != null) {
                return invalid(wrong);
            }
            var id = EventIds.next();
            var household = EventIds.next();
            if (request.siblingOf() != null) {
                // it may be erased, with a household that it alone is left in, before or after, not meanwhile
                KeyLocks.lock(call.tx(), List.of(request.siblingOf().toString()));
                var siblings = children.lockHouseholdOf(call.tx(), request.siblingOf());
                if (siblings.isEmpty()) {
                    return invalid("siblingOf");
                }
                household = siblings.get();
            }
            var personal = new Personal(request.name(), request.address(), null, null);
            var child = new Children.Child(
                    id,
                    household,
                    request.birthDate(),
                    request.sex(),
                    "OTHER",
                    String.valueOf(request.districtCode()),
                    String.valueOf(request.dongCode()),
                    "NONE",
                    ChildLines.RESIDENT,
                    null,
                    true,
                    1,
                    personal.seal(subjects.make(call.tx(), List.of(id)), id),
                    null);
            children.addProvisional(call.tx(), child, request.siblingOf() == null);
            act.on(call.tx(), act.refold(call.tx(), List.of(id), List.of(), Map.of()));
            call.about("child", id);
            return Answer.created("/api/v1/children/" + id, view(child), 1);
        });
    }

    private @Nullable String wrongField(ChildRequests.Provisional request) {
        var district = request.districtCode();
        var dong = request.dongCode();
        var born = request.birthDate();
        if (district == null || !Districts.isDistrict(district)) {
            return "districtCode";
        }
        if (dong == null || !Districts.isDong(dong) || !dong.startsWith(district)) {
            return "dongCode";
        }
        if (born != null && (born.isAfter(times.today()) || born.getYear() < 1990)) {
            return "birthDate";
        }
        if (request.sex() != null && !ChildLines.SEXES.contains(request.sex())) {
            return "sex";
        }
        if (request.name() != null && request.name().length() > LONGEST_NAME) {
            return "name";
        }
        return request.address() != null && request.address().length() > LONGEST_ADDRESS ? "address" : null;
    }

    /** Tells names and addresses of children, for a purpose, which the audit keeps. Errors: 403 other district; 404; 422. */
    @POST
    @Path("identity-disclosures")
    @RolesAllowed({"dong-officer", "abuse-investigator", "case-manager", "police", "supervisor"})
    public Response disclose(ChildRequests.Disclosure request) {
        return exchange.read("identity.disclose", call -> disclose(call, request));
    }

    private Answer disclose(Call call, ChildRequests.Disclosure request) throws SQLException {
        if (!isPurpose(request.purpose())) {
            return invalid("purpose");
        }
        var ids = request.childIds();
        if (ids == null || ids.isEmpty() || ids.size() > MOST_DISCLOSED) {
            return invalid("childIds");
        }
        call.purpose(String.valueOf(request.purpose()));
        var identities = new ArrayList<DisclosureView.Identity>();
        for (var id : ids) {
            if (id == null) {
                return invalid("childIds");
            }
            var child = shown(call, id);
            if (child.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND.with("childId", id.toString()));
            }
            call.requireDistrict(child.get().districtCode());
            var personal = Personal.of(subjects, child.get());
            identities.add(new DisclosureView.Identity(
                    child.get().id(),
                    personal.name(),
                    personal.address(),
                    child.get().birthDate()));
        }
        return Answer.ok(new DisclosureView(identities));
    }

    private static ChildView view(Children.Child child) {
        return new ChildView(
                child.id(),
                child.version(),
                child.householdId(),
                child.birthDate(),
                child.sex(),
                child.familyType(),
                child.districtCode(),
                child.dongCode(),
                child.care(),
                child.status(),
                child.statusOn(),
                child.provisional());
    }

    /** The child that an id shows; the audit tells both which was asked for and whose data were read. */
    private Optional<Children.Child> shown(Call call, UUID id) {
        call.about("child", id);
        var child = children.find(call.tx(), id);
        child.map(Children.Child::id).filter(one -> !one.equals(id)).ifPresent(one -> call.about("child", one));
        return child;
    }

    private static boolean isPurpose(@Nullable String purpose) {
        return purpose != null && PURPOSE.matcher(purpose).matches();
    }

    private static Answer invalid(String field) {
        Problem problem = Problems.INVALID_FIELD.with("field", field);
        return Answer.refused(problem);
    }
}
