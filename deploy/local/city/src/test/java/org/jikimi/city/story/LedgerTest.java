package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jikimi.city.story.Facts.Alert;
import org.jikimi.city.story.Facts.CaseFile;
import org.jikimi.city.story.Facts.Check;
import org.jikimi.city.story.Facts.Clock;
import org.jikimi.city.story.Facts.Delivery;
import org.jikimi.city.story.Facts.Flag;
import org.jikimi.city.story.Facts.Need;
import org.jikimi.city.story.Facts.Referral;
import org.jikimi.city.story.Facts.Report;
import org.jikimi.city.story.Facts.Visit;
import org.jikimi.city.story.Facts.VisitedChild;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final String FLAGS = "every flag has its visit or its place in the backlog";
    private static final String OUTCOMES = "every visit has its outcome for each child";
    private static final String UNSEEN = "every child not seen is looked for";
    private static final String NEEDS = "every need has its referral or its recorded refusal";
    private static final String SUSPICIONS = "every suspicion has its report";
    private static final String REPORTS = "every report has its determination or an open clock";
    private static final String CASES = "every abused child has its case file";
    private static final String ALERTS = "every alert has its delivery";

    private List<Check> checks = List.of();
    private List<Flag> flags = List.of();
    private List<Visit> visits = List.of();
    private List<Report> reports = List.of();
    private List<Clock> clocks = List.of();
    private List<CaseFile> cases = List.of();
    private List<Referral> referrals = List.of();
    private List<Alert> alerts = List.of();

    @Test
    void aFlagWithAVisitIsKeptOneInTheBacklogIsOpenAndOneWithNeitherIsLost() {
        flags = List.of(
                new Flag("f1", "c1", "11110", false),
                new Flag("f2", "c2", "11110", true),
                new Flag("f3", "c3", "11110", false));
        visits = List.of(visit("v1", "PLANNED", child("c1", "f1", "")));

        LedgerLine line = line(FLAGS);

        assertThat(line).isEqualTo(new LedgerLine(FLAGS, 3, 1, 1, 0, List.of("f3")));
        assertThat(line.balances()).isFalse();
    }

    @Test
    void aFlagWithTwoVisitsIsDoubled() {
        flags = List.of(new Flag("f1", "c1", "11110", false));
        visits = List.of(visit("v1", "PLANNED", child("c1", "f1", "")), visit("v2", "PLANNED", child("c1", "f1", "")));

        assertThat(line(FLAGS).doubled()).isEqualTo(1);
        assertThat(line(FLAGS).balances()).isFalse();
    }

    @Test
    void aCompletedVisitOwesAnOutcomeToTheSiblingToo() {
        visits = List.of(
                visit("v1", "COMPLETED", child("c1", "f1", "SAFE"), child("c2", "", "")),
                visit("v2", "ATTEMPTED", child("c3", "f3", "")));

        assertThat(line(OUTCOMES)).isEqualTo(new LedgerLine(OUTCOMES, 3, 1, 1, 0, List.of("v1/c2")));
    }

    @Test
    void aDeclinedNeedIsKeptWithoutAReferralAndAnAgreedOneIsNot() {
        visits = List.of(visit(
                "v1",
                "COMPLETED",
                new VisitedChild(
                        "c1",
                        List.of("f1"),
                        "WELFARE_NEED",
                        true,
                        List.of(need("A", "DECLINED"), need("B", "CONSENT")))));

        assertThat(line(NEEDS)).isEqualTo(new LedgerLine(NEEDS, 2, 1, 0, 0, List.of("v1/c1/B")));
    }

    @Test
    void aChildWhoWasNotSeenIsLookedForUntilItIsSeen() {
        visits = List.of(
                visit("v1", "COMPLETED", unseen("c1"), unseen("c2"), unseen("c3"), unseen("c4")),
                visit("v2", "COMPLETED", child("c2", "", "SAFE")),
                visit("v3", "PLANNED", child("c3", "", "")));
        checks = List.of(new Check("w1", "c1", "OPEN", 2), new Check("w4", "c4", "CLOSED", 1));

        assertThat(line(UNSEEN)).isEqualTo(new LedgerLine(UNSEEN, 4, 1, 2, 0, List.of("c4")));
    }

    @Test
    void moreReferralsThanNeedsAreDoubled() {
        visits = List.of(visit(
                "v1",
                "COMPLETED",
                new VisitedChild("c1", List.of("f1"), "WELFARE_NEED", true, List.of(need("B", "CONSENT")))));
        referrals = List.of(referral("r1", "c1", "v1"), referral("r2", "c1", "v1"));

        assertThat(line(NEEDS)).isEqualTo(new LedgerLine(NEEDS, 1, 1, 0, 1, List.of()));
    }

    @Test
    void aSuspicionWithoutAReportIsLost() {
        visits = List.of(visit("v1", "COMPLETED", child("c1", "f1", "SUSPECTED_ABUSE")));

        assertThat(line(SUSPICIONS).lost()).containsExactly("v1/c1");

        reports = List.of(report("p1", "c1", "v1", "", ""));
        assertThat(line(SUSPICIONS).balances()).isTrue();
    }

    @Test
    void aReportIsOpenWhileAClockOfItOrOfItsInvestigationRuns() {
        reports = List.of(
                report("p1", "c1", "", "i1", "ABUSE"),
                report("p2", "c2", "", "i2", ""),
                report("p3", "c3", "", "", ""),
                report("p4", "c4", "", "", ""));
        clocks = List.of(
                new Clock("k1", "DETERMINATION_DUE", "i2", "c1", "RUNNING"),
                new Clock("k2", "INVESTIGATION_START", "p3", "c1", "BREACHED"),
                new Clock("k3", "INVESTIGATION_START", "p4", "c1", "STOPPED"));

        assertThat(line(REPORTS)).isEqualTo(new LedgerLine(REPORTS, 4, 1, 2, 0, List.of("p4")));
    }

    @Test
    void anAbusedChildHasOneCaseFileHoweverManyReports() {
        reports = List.of(report("p1", "c1", "", "i1", "ABUSE"), report("p2", "c1", "", "i1", "ABUSE"));
        cases = List.of(new CaseFile("k1", "c1", "i1", "OPEN", ""));

        assertThat(line(CASES)).isEqualTo(new LedgerLine(CASES, 1, 1, 0, 0, List.of()));
    }

    @Test
    void anAlertWhoseMailWasNeverTakenOverIsLost() {
        alerts = List.of(
                alert("a1", "e1", new Delivery("SENT", Instant.EPOCH)),
                alert("a2", "e2", new Delivery("PLANNED", null)));

        assertThat(line(ALERTS)).isEqualTo(new LedgerLine(ALERTS, 2, 1, 0, 0, List.of("a2")));
    }

    @Test
    void twoAlertsOfOneKindForOneEventAreDoubled() {
        alerts = List.of(
                alert("a1", "e1", new Delivery("SENT", Instant.EPOCH)),
                alert("a2", "e1", new Delivery("SENT", Instant.EPOCH)));

        assertThat(line(ALERTS).doubled()).isEqualTo(1);
    }

    private LedgerLine line(String promise) {
        var facts = new Facts(flags, visits, reports, clocks, checks, cases, referrals, List.of(), alerts);
        return new Ledger(facts)
                .lines().stream()
                        .filter(line -> line.promise().equals(promise))
                        .findFirst()
                        .orElseThrow();
    }

    private static Visit visit(String id, String state, VisitedChild... children) {
        return new Visit(id, state, 0, List.of(children));
    }

    private static VisitedChild unseen(String id) {
        return new VisitedChild(id, List.of(), "UNLOCATED", false, List.of());
    }

    private static VisitedChild child(String id, String flag, String outcome) {
        return new VisitedChild(id, flag.isEmpty() ? List.of() : List.of(flag), outcome, true, List.of());
    }

    private static Need need(String code, String basis) {
        return new Need(code, basis);
    }

    private static Referral referral(String id, String child, String visit) {
        return new Referral(id, child, visit, "", "DREAM_START", "OFFERED");
    }

    private static Report report(String id, String child, String visit, String investigation, String determination) {
        return new Report(id, child, visit, "VISIT", "RECEIVED", investigation, determination);
    }

    private static Alert alert(String id, String event, Delivery delivery) {
        return new Alert(id, "VISIT_PLANNED", "dong-officer/11110/", "v1", "RAISED", event, List.of(delivery));
    }
}
