package org.jikimi.screening.flag;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jikimi.screening.model.Facts;

/** Reads what is known of a child from a row with its attributes and its state. */
public final class FactsRows {
    private FactsRows() {}

    public static Facts facts(ResultSet row) throws SQLException {
        var days = (Number[]) row.getArray("observed").getArray();
        var observed = new short[days.length];
        for (int i = 0; i < days.length; i++) {
            observed[i] = days[i].shortValue();
        }
        return new Facts(
                row.getObject("birth_date", LocalDate.class),
                row.getString("family_type"),
                row.getString("district_code"),
                row.getLong("mask"),
                observed);
    }
}
