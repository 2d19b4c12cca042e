package org.jikimi.screening.rights;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.registry.HeldAboutChild;
import org.jikimi.screening.rights.AnswerView.HeldView;
import org.jikimi.screening.rights.AnswerView.Notice;
import org.jikimi.screening.rights.AnswerView.SignalView;
import org.jikimi.screening.rights.RightsRequest.Decision;
import org.jikimi.screening.rights.RightsRequest.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Writes what who asked is given. It looks at what is kept, at who asks and at the decision, and at nothing that is known
 * of reports: two children of whom the same is kept are answered alike, whatever has been reported of one.
 */
@ApplicationScoped
class ComposeAnswer {
    private static final String ALL = "ALL";

    /** By whom else something is kept, always all of them. */
    private static final List<String> ELSEWHERE = List.of("case-service", "referral-service", "notification-service");

    private static final String SIGNALS = """
            WITH ids AS (SELECT CAST(:child AS uuid) AS id UNION ALL SELECT alias_id FROM child_alias WHERE child_id = :child)
            SELECT s.signal_id, s.bit, s.observed_on, s.cleared_on FROM signal s JOIN ids ON s.child_id = ids.id
            UNION ALL
            SELECT s.signal_id, s.bit, s.observed_on, s.cleared_on FROM signal s
            WHERE s.household_id IN (SELECT c.household_id FROM child c JOIN ids USING (id))
            ORDER BY observed_on DESC, signal_id""";

    private static final Notice BY_PEOPLE = new Notice(
            "Points only select whom an officer visits. No measure follows from them alone: people decide at and after a"
                    + " visit.",
            "점수는 방문 대상을 고르는 데에만 쓰입니다. 점수만으로 조치가 정해지지 않으며, 방문과 그 이후의 판단은 사람이 합니다.");
    private static final Notice ALWAYS = new Notice(
            "The parts named as withheld are withheld from everybody who asks as you do, whether or not anything is kept in"
                    + " them.",
            "제한된 항목은 해당 자료가 있는지와 관계없이 같은 자격으로 요구하는 모든 사람에게 열람이 제한됩니다.");
    private static final Notice NOT_ALL = new Notice(
            "The parts named as withheld are withheld whether or not anything is kept in them.",
            "제한된 항목은 해당 자료가 있는지와 관계없이 열람이 제한됩니다.");
    private static final Notice REFUSED =
            new Notice("The request is refused under the article named.", "요구는 위 조항에 따라 거절되었습니다.");
    private static final Notice WITHDRAWN = new Notice(
            "Selections that nobody has been told of yet are withdrawn. What was handed on, people decide.",
            "아직 담당자에게 전달되지 않은 선정은 철회됩니다. 이미 전달된 건은 담당자가 판단합니다.");
    private static final Notice AT_SOURCE = new Notice(
            "What another institution told us it is asked to correct, and what it answers is followed.",
            "다른 기관이 제공한 자료는 그 기관에 정정을 요구하고, 그 처리 결과에 따릅니다.");
    private static final Notice REMEDY = new Notice(
            "You may object to this office, or ask the Personal Information Dispute Mediation Committee for mediation.",
            "이 통지에 이의가 있으면 이 기관에 이의를 제기하거나 개인정보 분쟁조정위원회에 조정을 신청할 수 있습니다.");

    private final SubjectKeys keys;
    private final Selections selections = new Selections();

    ComposeAnswer(SubjectKeys keys) {
        this.keys = keys;
    }

    /**
     * Composes it.
     *
     * @param child the one that survives
     */
    AnswerView answer(Connection tx, RightsRequest request, UUID child, Decision decision) throws SQLException {
        var refused = decision.outcome() == Outcome.REFUSED;
        boolean access = request.kind() == RightsKind.ACCESS && !refused;
        var hidden = Part.hidden(request.requester(), decision.withheld());
        return new AnswerView(
                request.id(),
                request.kind().name(),
                decision.outcome().name(),
                Seoul.dateOf(decision.at()),
                request.kind().toldLaw(),
                withheld(refused, hidden),
                access ? held(tx, child, hidden) : null,
                access ? signals(tx, child, hidden) : List.of(),
                request.kind() == RightsKind.CORRECTION || refused ? List.of() : selections.of(tx, child, hidden),
                access ? Readings.of(tx, child, hidden) : List.of(),
                review(decision),
                decision.followed().correctedFields().stream()
                        .filter(field -> !hidden.contains(Parts.ofField(field)))
                        .toList(),
                decision.followed().ask().stream()
                        .map(claim -> Indicators.all().get(claim.bit()))
                        .filter(indicator -> !hidden.contains(Parts.of(indicator)))
                        .map(Indicator::code)
                        .toList(),
                request.kind() == RightsKind.OBJECTION ? List.of() : ELSEWHERE,
                notices(request.kind(), decision));
    }

    private static @Nullable String review(Decision decision) {
        var review = decision.followed().review();
        return review == null ? null : review.name();
    }

    private static List<String> withheld(boolean refused, Set<Part> hidden) {
        if (refused) {
            return List.of(ALL);
        }
        return hidden.stream().map(Part::name).toList();
    }

    private static List<Notice> notices(RightsKind kind, Decision decision) {
        var notices = new ArrayList<Notice>();
        if (kind != RightsKind.CORRECTION) {
            notices.add(BY_PEOPLE);
        }
        notices.add(
                switch (decision.outcome()) {
                    case GRANTED -> ALWAYS;
                    case PARTLY -> NOT_ALL;
                    case REFUSED -> REFUSED;
                });
        if (decision.followed().review() == Followed.Review.UPHELD) {
            notices.add(WITHDRAWN);
        }
        if (kind == RightsKind.CORRECTION && decision.outcome() != Outcome.REFUSED) {
            notices.add(AT_SOURCE);
        }
        notices.add(REMEDY);
        return notices;
    }

    private HeldView held(Connection tx, UUID child, Set<Part> hidden) throws SQLException {
        var held = HeldAboutChild.of(tx, keys, child).orElseThrow();
        boolean identity = !hidden.contains(Part.IDENTITY);
        boolean place = !hidden.contains(Part.WHEREABOUTS);
        boolean circumstances = !hidden.contains(Part.CIRCUMSTANCES);
        return new HeldView(
                identity ? held.name() : null,
                identity ? held.birthDate() : null,
                identity ? held.sex() : null,
                identity ? held.scheme() : null,
                place ? held.address() : null,
                place ? held.districtCode() : null,
                place ? held.dongCode() : null,
                circumstances ? held.familyType() : null,
                circumstances ? held.care() : null,
                place ? held.status() : null);
    }

    private static List<SignalView> signals(Connection tx, UUID child, Set<Part> hidden) {
        return Sql.on(tx)
                .createQuery(SIGNALS)
                .bind("child", child)
                .map((row, c) -> {
                    var indicator = Indicators.all().get(row.getInt("bit"));
                    return hidden.contains(Parts.of(indicator))
                            ? List.<SignalView>of()
                            : List.of(new SignalView(
                                    row.getString("signal_id"),
                                    indicator.code(),
                                    indicator.nameEn(),
                                    indicator.nameKo(),
                                    indicator.sourceKind(),
                                    row.getObject("observed_on", LocalDate.class),
                                    row.getObject("cleared_on", LocalDate.class)));
                })
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
