package org.jikimi.screening.rights;

import java.util.EnumSet;
import java.util.Set;

/**
 * The parts of an answer. What is never told does not depend on what is known of the child: an answer that says less
 * because a report exists would say that one does. So every representative is refused the same parts, and is told so in the
 * same words, whether or not anything is kept in them.
 *
 * <p>Grounds: Personal Information Protection Act Art. 35(4) no. 1 (forbidden by law) and no. 2 (danger to another's life or
 * body); the law that forbids is the Act on Punishment of Child Abuse Crimes 아동학대처벌법 Art. 10(3) with 62(2): nobody may
 * make known who reported, or what lets that be concluded.
 */
enum Part {
    /** Name, birth date, sex, kind of number. */
    IDENTITY(true, true),
    /** Family type and care, also as it was observed, which change when a child is taken out of its family. */
    CIRCUMSTANCES(true, false),
    /** Address, district and dong: where the child is now. */
    WHEREABOUTS(true, false),
    /** What agencies observed of the child. */
    SIGNALS(true, true),
    /**
     * What they observed of the household that it lives in now, which need not be that of who asks: it tells what kind of
     * home that is, where it may be, and by what is missing, that the child has moved. Withheld with {@link #SIGNALS}.
     */
    SIGNALS_OF_HOUSEHOLD(true, false),
    /** What those observed whom the law makes report abuse: schools, childcare, clinics, police and the like. */
    SIGNALS_OF_CARERS(true, false),
    /** Indicators that speak of abuse themselves. */
    SIGNALS_OF_CONCERN(false, false),
    /** What is about one adult of the household: to that adult it belongs, and it is not known who asks. */
    SIGNALS_OF_OTHERS(false, false),
    /** Rounds that selected the child, and why. */
    SELECTIONS(true, true),
    /** Scores, and selections between rounds, which are made at once on one observation; told if all their reasons are. */
    URGENT_SELECTIONS(true, false),
    /** Reports, visits, investigations, case files, and whether there is any: joint inspections, which follow from them. */
    PROTECTION(false, false),
    /** Who read. */
    READERS(true, true),
    /** Hours, agencies and purposes, and all offices but those of the dong. */
    READERS_OF_OTHER_OFFICES(true, false),
    /** Who read in order to protect, and who may have reported. */
    READERS_WHO_PROTECT(false, false);

    private final boolean toChild;
    private final boolean toRepresentative;

    Part(boolean toChild, boolean toRepresentative) {
        this.toChild = toChild;
        this.toRepresentative = toRepresentative;
    }

    /** What whoever asks so is not told, with what was withheld from them. */
    static Set<Part> hidden(Requester requester, Set<Part> withheld) {
        var hidden = neverTo(requester);
        hidden.addAll(withheld);
        if (hidden.contains(SIGNALS)) {
            hidden.add(SIGNALS_OF_HOUSEHOLD);
        }
        return hidden;
    }

    /** What is never told to whoever asks so. */
    static Set<Part> neverTo(Requester requester) {
        var never = EnumSet.noneOf(Part.class);
        for (var part : values()) {
            if (!(requester == Requester.CHILD ? part.toChild : part.toRepresentative)) {
                never.add(part);
            }
        }
        return never;
    }
}
