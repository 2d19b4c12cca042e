package org.jikimi.notification.alert;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jikimi.runtime.time.Seoul;

/** The words of an alert, Korean first. They are made of fixed wording, codes, ids and times, and of nothing else. */
final class AlertText {
    private static final DateTimeFormatter SEOUL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(Seoul.ZONE);

    private AlertText() {}

    static String subject(Alert alert) {
        return "[지킴이 Jikimi] " + mark(alert) + alert.kind().korean() + " / "
                + alert.kind().english();
    }

    static String body(Alert alert) {
        return """
                %s
                처리 기한: %s (서울)
                관할: %s
                대상: %s %s
                구분: %s%s

                %s
                Act by: %s (Seoul)
                District: %s
                About: %s %s
                Severity: %s%s

                alert %s
                correlation %s
                """.formatted(
                        alert.kind().korean(),
                        seoul(alert.actBy()),
                        district(alert, "시 전체"),
                        alert.subject().type(),
                        alert.subject().id(),
                        alert.severity(),
                        detail(alert),
                        alert.kind().english(),
                        seoul(alert.actBy()),
                        district(alert, "whole city"),
                        alert.subject().type(),
                        alert.subject().id(),
                        alert.severity(),
                        detail(alert),
                        alert.id(),
                        alert.cause().correlationId());
    }

    private static String mark(Alert alert) {
        return alert.level() == 0 ? "" : "[미확인 unacknowledged " + alert.level() + "] ";
    }

    private static String district(Alert alert, String wholeCity) {
        var code = alert.addressee().districtCode();
        return code == null ? wholeCity : code;
    }

    private static String detail(Alert alert) {
        return alert.detail() == null ? "" : " " + alert.detail();
    }

    private static String seoul(Instant instant) {
        return SEOUL_TIME.format(instant);
    }
}
