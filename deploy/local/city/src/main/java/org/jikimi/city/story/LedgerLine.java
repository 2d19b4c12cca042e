package org.jikimi.city.story;

import java.util.List;

/**
 * One promise of the chain, counted.
 *
 * @param promise what was promised
 * @param owed how many things it is about
 * @param kept how many were done
 * @param open how many are not done yet, but have an owner, a clock or a place in the backlog
 * @param doubled how many were done once too often
 * @param lost ids of those that were neither done nor open
 */
public record LedgerLine(String promise, long owed, long kept, long open, long doubled, List<String> lost) {
    public LedgerLine {
        lost = List.copyOf(lost);
    }

    public boolean balances() {
        return lost.isEmpty() && doubled == 0;
    }
}
