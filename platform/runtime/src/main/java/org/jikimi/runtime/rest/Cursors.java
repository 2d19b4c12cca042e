package org.jikimi.runtime.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes cursors of lists. A cursor is opaque (sealed with the service's key) and good for one caller and one
 * filter alone.
 */
@ApplicationScoped
public class Cursors {
    /** Rows of a page if the caller asks for no number. */
    public static final int USUAL = 50;

    public static final int MOST = 500;
    private static final int LONGEST = 2_000;

    private final Keyring keys;

    public Cursors(Keyring keys) {
        this.keys = keys;
    }

    /**
     * Reads the query parameters of a list.
     *
     * @param filter the list and every parameter that narrows it, such as {@code visits?district=11350&state=PLANNED}
     * @throws ProblemException 400 if the limit is out of range, or the cursor was altered or is another caller's or list's
     */
    public Cursor read(Caller caller, String filter, @Nullable Integer limit, @Nullable String cursor) {
        var rows = limit == null ? USUAL : limit;
        if (rows < 1 || rows > MOST) {
            throw new ProblemException(Problems.INVALID_LIMIT);
        }
        var after = cursor == null ? List.<String>of() : open(cursor, context(caller.principal(), filter));
        return new Cursor(caller.principal(), filter, after, rows);
    }

    /**
     * Makes the page of what was fetched.
     *
     * @param rows at most {@link Cursor#fetch()}, in order
     * @param position the values that the list is sorted by, without personal data
     */
    public <T> Page<T> page(Cursor cursor, List<T> rows, Function<T, List<String>> position) {
        if (rows.size() <= cursor.limit()) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, cursor.limit());
        return new Page<>(items, after(cursor, position.apply(items.getLast())));
    }

    /** The cursor of what follows a position, for a list that ends its pages elsewhere than at the limit. */
    public String after(Cursor cursor, List<String> position) {
        return seal(position, context(cursor.principal(), cursor.filter()));
    }

    private String seal(List<String> position, String context) {
        var plain = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(plain)) {
            out.writeByte(position.size());
            for (var value : position) {
                out.writeUTF(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(keys.encrypt(plain.toByteArray(), context));
    }

    private List<String> open(String cursor, String context) {
        if (cursor.length() > LONGEST) {
            throw new ProblemException(Problems.INVALID_CURSOR);
        }
        try (var in = new DataInputStream(
                new ByteArrayInputStream(keys.decrypt(Base64.getUrlDecoder().decode(cursor), context)))) {
            var position = new ArrayList<String>();
            for (int left = in.readByte(); left > 0; left--) {
                position.add(in.readUTF());
            }
            return position;
        } catch (IllegalArgumentException | IOException foreign) {
            throw new ProblemException(Problems.INVALID_CURSOR);
        }
    }

    private static String context(String principal, String filter) {
        return "cursor:" + principal + ":" + filter;
    }
}
