package org.jikimi.notification.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts, newest first.
 *
 * @param next cursor of the next page; null after the last
 */
public record AlertPage(List<AlertView> items, @Nullable String next) {
    public AlertPage {
        items = List.copyOf(items);
    }
}
