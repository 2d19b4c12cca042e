package org.jikimi.screening.round.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/**
 * The places of a few candidates among all of their dong, as {@link Cut} ranks them, found while all of them pass by in any
 * order.
 */
public final class Places {
    private final Map<String, Dong> dongs = new TreeMap<>();

    /** @param few of all candidates */
    public Places(Collection<Candidate> few) {
        var byDong = new TreeMap<String, List<Candidate>>();
        few.forEach(candidate -> byDong.computeIfAbsent(candidate.dongCode(), dong -> new ArrayList<>())
                .add(candidate));
        byDong.forEach((code, candidates) -> dongs.put(code, new Dong(candidates)));
    }

    private static final class Dong {
        private final Candidate[] inOrder;
        /** How many rank between one and the one before it, itself counted with the next. */
        private final int[] between;

        Dong(List<Candidate> candidates) {
            inOrder = candidates.toArray(new Candidate[0]);
            Arrays.sort(inOrder, Candidate.IN_RANK_ORDER);
            between = new int[inOrder.length + 1];
        }

        void count(Candidate candidate) {
            int place = Arrays.binarySearch(inOrder, candidate, Candidate.IN_RANK_ORDER);
            between[place < 0 ? -place - 1 : place + 1]++;
        }

        void tell(ObjIntConsumer<Candidate> each) {
            int ahead = 0;
            for (int i = 0; i < inOrder.length; i++) {
                ahead += between[i];
                each.accept(inOrder[i], ahead + 1);
            }
        }
    }

    /** Counts one of all the candidates. */
    public void count(Candidate candidate) {
        var dong = dongs.get(candidate.dongCode());
        if (dong != null) {
            dong.count(candidate);
        }
    }

    /** Tells of each of the few its place in its dong, from 1, when all candidates were counted; dong by dong, in order. */
    public void tell(ObjIntConsumer<Candidate> each) {
        dongs.values().forEach(dong -> dong.tell(each));
    }
}
