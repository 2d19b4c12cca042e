package org.jikimi.cases.visit;

import org.jspecify.annotations.Nullable;

/**
 * The checklist of the home 양육환경 조사; null where nobody looked.
 *
 * @param clean whether the home is clean and safe
 * @param heated whether it is heated, lit and has water
 * @param fed whether there is food and the child looks fed
 * @param cleanlyDressed whether the child is washed and dressed for the weather
 * @param ownBed whether the child has a place to sleep
 * @param attendsCare whether the child attends childcare, kindergarten or school as expected
 * @param injuriesSeen whether injuries were seen
 * @param afraidOfCarer whether the child seemed afraid of a carer
 */
public record Environment(
        @Nullable Boolean clean,
        @Nullable Boolean heated,
        @Nullable Boolean fed,
        @Nullable Boolean cleanlyDressed,
        @Nullable Boolean ownBed,
        @Nullable Boolean attendsCare,
        @Nullable Boolean injuriesSeen,
        @Nullable Boolean afraidOfCarer) {}
