package org.jikimi.cases.casefile;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;

/** Lets the case file follow a child who moves: worked on, watched or closed, it is the child's only one. */
@ApplicationScoped
public class MoveCase {
    public void follow(Connection tx, Move move) {
        MoveRows.follow(tx, move, "case_file", "true");
    }
}
