package org.jikimi.sample.note;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/**
 * Notes of district 11110: what an endpoint looks like that keeps the platform's rules of REST. A text is there once: a
 * second note of it is refused with {@code note-exists}.
 */
@Path("/api/v1/notes")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class NoteResource {
    private final Exchange exchange;
    private final Cursors cursors;

    public NoteResource(Exchange exchange, Cursors cursors) {
        this.exchange = exchange;
        this.cursors = cursors;
    }

    @POST
    @RolesAllowed("writer")
    public Response add(Note.Body body) {
        return exchange.create("note.add", body, Remember.A_DAY, call -> {
            call.requireDistrict("11110");
            call.authorised();
            if (body.text() == null || body.text().isBlank()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "text"));
            }
            if (exists(call, body.text())) {
                return Answer.refused(Problem.of("note-exists", 409, "There is such a note", "이미 있는 메모입니다"));
            }
            var note = new Note(UUID.randomUUID(), body.text(), body.stars(), 1);
            call.about("note", note.id());
            insert(call, note);
            return Answer.created("/api/v1/notes/" + note.id(), note, 1);
        });
    }

    @PUT
    @Path("{id}")
    @RolesAllowed("writer")
    public Response change(@PathParam("id") UUID id, Note.Body body) {
        return exchange.change("note.change", body, call -> {
            var found = find(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var note = found.get();
            call.about("note", id);
            call.requireDistrict("11110");
            call.requireVersion(note.version());
            var changed = new Note(id, body.text() == null ? "" : body.text(), body.stars(), note.version() + 1);
            write(call, "UPDATE note SET text = :text, stars = :stars, version = :version WHERE id = :id", changed);
            return Answer.ok(changed, changed.version());
        });
    }

    @GET
    @RolesAllowed({"writer", "reader"})
    public Response list(
            @QueryParam("stars") @Nullable Integer stars,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("note.list", call -> {
            var place = cursors.read(call.caller(), "notes?stars=" + stars, limit, cursor);
            var rows = jdbi(call)
                    .createQuery("SELECT * FROM note WHERE (CAST(:stars AS int) IS NULL OR stars = :stars) "
                            + "AND id > CAST(:after AS uuid) ORDER BY id LIMIT :fetch")
                    .bind("stars", stars)
                    .bind(
                            "after",
                            place.atBeginning()
                                    ? new UUID(0, 0).toString()
                                    : place.after().getFirst())
                    .bind("fetch", place.fetch())
                    .map((row, context) -> note(row))
                    .list();
            return Answer.ok(cursors.page(place, rows, note -> List.of(note.id().toString())));
        });
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"writer", "reader"})
    public Response read(@PathParam("id") UUID id) {
        return exchange.read(
                "note.read",
                call -> find(call.tx(), id)
                        .map(note -> Answer.ok(note, note.version()))
                        .orElseGet(() -> Answer.refused(Problems.NOT_FOUND)));
    }

    private static boolean exists(Call call, String text) {
        return jdbi(call)
                .createQuery("SELECT EXISTS (SELECT FROM note WHERE text = :text)")
                .bind("text", text)
                .mapTo(boolean.class)
                .one();
    }

    static void insert(Call call, Note note) {
        write(call, "INSERT INTO note (id, text, stars, version) VALUES (:id, :text, :stars, :version)", note);
    }

    private static void write(Call call, String sql, Note note) {
        jdbi(call)
                .createUpdate(sql)
                .bind("id", note.id())
                .bind("text", note.text())
                .bind("stars", note.stars())
                .bind("version", note.version())
                .execute();
    }

    private static Optional<Note> find(Connection tx, UUID id) throws SQLException {
        return Sql.on(tx)
                .createQuery("SELECT * FROM note WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> note(row))
                .findOne();
    }

    private static Note note(ResultSet row) throws SQLException {
        return new Note(
                row.getObject("id", UUID.class), row.getString("text"), row.getInt("stars"), row.getLong("version"));
    }

    private static Handle jdbi(Call call) {
        return Sql.on(call.tx());
    }
}
