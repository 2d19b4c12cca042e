package org.jikimi.sample.note;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.runtime.rest.Admission;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Bulk;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.rest.Urgent;

/** Endpoints that break a rule, fail, or hold what is limited: what the platform makes of them is what is tested. */
@Path("/api/v1/notes")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class UnrulyNoteResource {
    private final Exchange exchange;
    private final Admission admission;

    public UnrulyNoteResource(Exchange exchange, Admission admission) {
        this.exchange = exchange;
        this.admission = admission;
    }

    /** Writes before it says that it may. */
    @POST
    @Path("eager")
    @RolesAllowed("writer")
    public Response eager(Note.Body body) {
        return exchange.create("note.eager", body, Remember.A_DAY, call -> {
            var note = new Note(UUID.randomUUID(), UUID.randomUUID().toString(), body.stars(), 1);
            NoteResource.insert(call, note);
            call.about("note", note.id());
            call.authorised();
            return Answer.created("/api/v1/notes/" + note.id(), note, 1);
        });
    }

    @POST
    @Path("unchecked")
    @RolesAllowed("writer")
    public Response unchecked(Note.Body body) {
        return exchange.create("note.unchecked", body, Remember.A_DAY, UnrulyNoteResource::addUnasked);
    }

    @PUT
    @Path("unchecked")
    @RolesAllowed("writer")
    public Response unchecked() {
        return exchange.change("note.unchecked", UnrulyNoteResource::addUnasked);
    }

    private static Answer addUnasked(Call call) {
        var note = new Note(UUID.randomUUID(), "unasked", 1, 1);
        NoteResource.insert(call, note);
        return Answer.ok(note);
    }

    @GET
    @Path("broken")
    @RolesAllowed("reader")
    public Response broken() {
        return exchange.read("note.broken", call -> {
            throw new IllegalStateException("the secret of note 7");
        });
    }

    /** A stream, such as a batch, has transactions of its own; here the database goes away in the middle. */
    @GET
    @Path("streamed")
    @RolesAllowed("reader")
    public Response streamed() throws SQLException {
        throw new SQLException("terminating connection of note 7", "57P01");
    }

    /** A stream of lines, such as a batch. */
    @POST
    @Path("lines")
    @Consumes("text/plain")
    @RolesAllowed("writer")
    public Response lines(InputStream body) throws IOException {
        if (new String(body.readAllBytes(), StandardCharsets.UTF_8).equals("fail")) {
            throw new IOException("the disk of note 7 is full");
        }
        return Response.noContent().build();
    }

    @POST
    @Path("urgent")
    @Urgent
    @RolesAllowed("hasty")
    public Response urgent() {
        return Response.noContent().build();
    }

    /** Takes what is urgent, five stars, and what is not. */
    @POST
    @Path("mixed")
    @Urgent
    @RolesAllowed("hasty")
    public Response mixed(Note.Body body) {
        if (body.stars() < 5) {
            admission.requireRoom();
        }
        return Response.noContent().build();
    }

    @POST
    @Path("bulk")
    @Bulk
    @RolesAllowed("writer")
    public Response bulk() {
        return Response.noContent().build();
    }

    @GET
    @Path("hasty")
    @RolesAllowed("hasty")
    public Response hasty() {
        return Response.noContent().build();
    }
}
