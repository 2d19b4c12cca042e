package org.jikimi.city.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts, from outside, what is owed, what was done, what is still open under an owner, lost, or done twice. */
final class Ledger {
    private final Facts facts;

    Ledger(Facts facts) {
        this.facts = facts;
    }

    /** One line for each promise of the chain. */
    List<LedgerLine> lines() {
        return List.of(flags(), visits(), unseen(), needs(), suspicions(), reports(), determinations(), alerts());
    }

    LedgerLine flags() {
        var line = new Tally("every flag has its visit or its place in the backlog");
        Map<String, Integer> visits = new HashMap<>();
        for (Facts.Visit visit : facts.visits()) {
            visit.children().stream()
                    .flatMap(child -> child.flagIds().stream())
                    .forEach(flag -> visits.merge(flag, 1, Integer::sum));
        }
        Set<String> known = new HashSet<>();
        for (Facts.Flag flag : facts.flags()) {
            int planned = visits.getOrDefault(flag.id(), 0);
            line.count(flag.id(), planned, flag.backlog());
            if (!known.add(flag.id())) {
                line.doubled++;
            }
        }
        return line.line();
    }

    private LedgerLine visits() {
        var line = new Tally("every visit has its outcome for each child");
        for (Facts.Visit visit : facts.visits()) {
            Set<String> children = new HashSet<>();
            for (Facts.VisitedChild child : visit.children()) {
                int outcomes = child.outcome().isEmpty() ? 0 : 1;
                line.count(visit.id() + "/" + child.childId(), outcomes, !visit.completed());
                if (!children.add(child.childId())) {
                    line.doubled++;
                }
            }
        }
        return line.line();
    }

    /** Who was not seen is looked for: by the police, at the border, or at the next visit. */
    private LedgerLine unseen() {
        var line = new Tally("every child not seen is looked for");
        Set<String> lookedFor = new HashSet<>();
        facts.checks().stream().filter(Facts.Check::open).forEach(check -> lookedFor.add(check.childId()));
        facts.clocks().stream()
                .filter(Facts.Clock::open)
                .filter(clock -> clock.code().equals("ABROAD_REENTRY_CHECK"))
                .forEach(clock -> lookedFor.add(clock.childId()));
        Set<String> seen = new HashSet<>();
        Set<String> unseen = new HashSet<>();
        for (Facts.Visit visit : facts.visits()) {
            for (Facts.VisitedChild child : visit.children()) {
                if (!visit.completed()) {
                    lookedFor.add(child.childId());
                } else if (child.seen() || child.outcome().equals("DECEASED")) {
                    seen.add(child.childId());
                } else {
                    unseen.add(child.childId());
                }
            }
        }
        unseen.forEach(child -> line.count(child, seen.contains(child) ? 1 : 0, lookedFor.contains(child)));
        return line.line();
    }

    /** A need is told from another of the same child and visit by number alone: services differ from needs in name. */
    private LedgerLine needs() {
        var line = new Tally("every need has its referral or its recorded refusal");
        Map<String, Integer> referrals = new HashMap<>();
        for (Facts.Referral referral : facts.referrals()) {
            if (!referral.visitId().isEmpty()) {
                referrals.merge(referral.visitId() + "/" + referral.childId(), 1, Integer::sum);
            }
        }
        for (Facts.Visit visit : facts.visits()) {
            for (Facts.VisitedChild child : visit.children()) {
                String place = visit.id() + "/" + child.childId();
                int left = referrals.getOrDefault(place, 0);
                for (Facts.Need need : child.needs()) {
                    int referred = need.mayBeMet() && left > 0 ? 1 : 0;
                    left -= referred;
                    line.count(place + "/" + need.code(), need.mayBeMet() ? referred : 1, false);
                }
                line.doubled += left;
            }
        }
        return line.line();
    }

    private LedgerLine suspicions() {
        var line = new Tally("every suspicion has its report");
        Map<String, Integer> reports = new HashMap<>();
        for (Facts.Report report : facts.reports()) {
            reports.merge(report.visitId() + "/" + report.childId(), 1, Integer::sum);
        }
        for (Facts.Visit visit : facts.visits()) {
            for (Facts.VisitedChild child : visit.children()) {
                if (child.outcome().equals("SUSPECTED_ABUSE")) {
                    String place = visit.id() + "/" + child.childId();
                    line.count(place, reports.getOrDefault(place, 0), false);
                }
            }
        }
        return line.line();
    }

    private LedgerLine reports() {
        var line = new Tally("every report has its determination or an open clock");
        Set<String> clocks = new HashSet<>();
        facts.clocks().stream().filter(Facts.Clock::open).forEach(clock -> clocks.add(clock.subjectId()));
        Set<String> known = new HashSet<>();
        for (Facts.Report report : facts.reports()) {
            boolean open = clocks.contains(report.id()) || clocks.contains(report.investigationId());
            line.count(report.id(), report.determination().isEmpty() ? 0 : 1, open);
            if (!known.add(report.id())) {
                line.doubled++;
            }
        }
        return line.line();
    }

    private LedgerLine determinations() {
        var line = new Tally("every abused child has its case file");
        Map<String, Integer> cases = new HashMap<>();
        for (Facts.CaseFile file : facts.cases()) {
            cases.merge(file.childId(), 1, Integer::sum);
        }
        Set<String> children = new HashSet<>();
        for (Facts.Report report : facts.reports()) {
            if (report.determination().equals("ABUSE") && children.add(report.childId())) {
                line.count(report.childId(), cases.getOrDefault(report.childId(), 0), false);
            }
        }
        return line.line();
    }

    private LedgerLine alerts() {
        var line = new Tally("every alert has its delivery");
        Set<String> known = new HashSet<>();
        for (Facts.Alert alert : facts.alerts()) {
            boolean sent = alert.deliveries().stream().anyMatch(delivery -> delivery.sentAt() != null);
            line.count(alert.id(), sent ? 1 : 0, false);
            if (!known.add(String.join("/", alert.kind(), alert.recipient(), alert.eventId()))) {
                line.doubled++;
            }
        }
        return line.line();
    }

    private static final class Tally {
        private final String promise;
        private long owed;
        private long kept;
        private long open;
        private long doubled;
        private final List<String> lost = new ArrayList<>();

        Tally(String promise) {
            this.promise = promise;
        }

        /** Counts one thing that is owed and was done so many times, or is open under an owner. */
        void count(String id, int done, boolean isOpen) {
            owed++;
            if (done > 0) {
                kept++;
                doubled += done - 1;
            } else if (isOpen) {
                open++;
            } else {
                lost.add(id);
            }
        }

        LedgerLine line() {
            return new LedgerLine(promise, owed, kept, open, doubled, lost);
        }
    }
}
