package org.jikimi.cases.casefile;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Texts;
import org.jikimi.runtime.db.Sql;

/** What is written into case files, as stored. */
@ApplicationScoped
class CaseEntries {
    private static final String CONTENT = "case.entry";

    private final Texts texts;

    CaseEntries(Texts texts) {
        this.texts = texts;
    }

    void insert(Connection tx, UUID childId, CaseEntry entry) throws SQLException {
        Sql.on(tx)
                .createUpdate("""
                        INSERT INTO case_entry (id, case_id, kind, happened_on, code, points, written_at, content)
                        VALUES (:id, :case, :kind, :happenedOn, :code, CAST(:points AS int), :writtenAt, :content)""")
                .bind("id", entry.id())
                .bind("case", entry.caseId())
                .bind("kind", entry.kind().name())
                .bind("happenedOn", entry.happenedOn())
                .bind("code", entry.code())
                .bind("points", entry.points())
                .bind("writtenAt", entry.writtenAt())
                .bind("content", texts.seal(tx, childId, entry.content(), CONTENT, entry.id()))
                .execute();
    }

    /** The newest first, at most 200. */
    List<CaseEntry> of(Connection tx, UUID childId, UUID caseId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM case_entry WHERE case_id = :id ORDER BY written_at DESC, id LIMIT 200")
                .bind("id", caseId)
                .map((row, context) -> new CaseEntry(
                        Rows.id(row, "id"),
                        Rows.id(row, "case_id"),
                        Rows.code(row, "kind", EntryKind.class),
                        Rows.date(row, "happened_on"),
                        row.getString("code"),
                        row.getObject("points", Integer.class),
                        Rows.instant(row, "written_at"),
                        texts.open(tx, childId, row.getBytes("content"), CONTENT, Rows.id(row, "id"))))
                .list();
    }
}
