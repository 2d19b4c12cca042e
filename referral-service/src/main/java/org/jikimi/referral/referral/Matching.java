package org.jikimi.referral.referral;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jikimi.referral.agency.Agency;

/**
 * Which agency is offered a referral, and why. The order of those who qualify: least workload (places taken of places
 * there), then id, so that the same facts always choose the same agency.
 *
 * @param judgements of every candidate, the best first
 */
record Matching(Optional<Agency> chosen, List<Judgement> judgements) {
    Matching {
        judgements = List.copyOf(judgements);
    }

    static Matching of(Ask ask, Set<UUID> excluded, Set<UUID> askedBefore, Collection<Candidate> candidates) {
        var service = ask.serviceCode();
        var qualified = candidates.stream()
                .filter(candidate ->
                        failed(ask, excluded, askedBefore, candidate).isEmpty())
                .sorted(Comparator.comparingDouble((Candidate candidate) -> workload(service, candidate))
                        .thenComparing(candidate -> candidate.agency().id()))
                .toList();
        var judgements = new ArrayList<Judgement>();
        for (var candidate : qualified) {
            judgements.add(judgement(service, candidate, judgements.size() + 1, List.of()));
        }
        candidates.stream()
                .filter(candidate -> !qualified.contains(candidate))
                .sorted(Comparator.comparing(candidate -> candidate.agency().id()))
                .forEach(candidate -> judgements.add(
                        judgement(service, candidate, 0, failed(ask, excluded, askedBefore, candidate))));
        return new Matching(qualified.stream().findFirst().map(Candidate::agency), judgements);
    }

    private static List<Criterion> failed(Ask ask, Set<UUID> excluded, Set<UUID> askedBefore, Candidate candidate) {
        var agency = candidate.agency();
        var failed = new ArrayList<Criterion>();
        for (var criterion : Criterion.values()) {
            boolean fulfilled = switch (criterion) {
                case SERVICE -> agency.places().containsKey(ask.serviceCode());
                case CATCHMENT -> agency.serves(ask.districtCode());
                case OPEN -> agency.isOpen();
                case NOT_EXCLUDED -> !excluded.contains(agency.id());
                case NOT_ASKED_BEFORE -> !askedBefore.contains(agency.id());
                case FREE_CAPACITY -> candidate.taken() < agency.placesFor(ask.serviceCode());
            };
            if (!fulfilled) {
                failed.add(criterion);
            }
        }
        return failed;
    }

    private static double workload(String service, Candidate candidate) {
        return (double) candidate.taken() / candidate.agency().placesFor(service);
    }

    private static Judgement judgement(String service, Candidate candidate, int rank, List<Criterion> failed) {
        var agency = candidate.agency();
        return new Judgement(agency.id(), rank, failed, candidate.taken(), agency.placesFor(service));
    }
}
