package org.jikimi.city.story;

/** The five programmes by which children are found, in the order in which a quarter of the story begins them. */
enum Programme {
    QUARTERLY_SCREENING(0),
    TEMPORARY_NUMBER_SURVEY(2),
    AGE_THREE_SURVEY(4),
    UNDER_TWO_INVESTIGATION(6),
    /** After reports have been made and doors stayed shut. */
    JOINT_INSPECTION(9);

    private final int afterWeek;

    Programme(int afterWeek) {
        this.afterWeek = afterWeek;
    }

    /** Weeks that are over when its round begins. */
    int afterWeek() {
        return afterWeek;
    }
}
