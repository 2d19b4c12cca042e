package org.jikimi.cases.clock;

import org.jikimi.cases.support.Rule;

/** When a clock may be changed by hand. */
enum ClockRule implements Rule {
    CLOCK_NOT_OPEN(409, "The clock has been stopped or closed before", "이미 정지되었거나 종료된 기한입니다"),
    EXTENSION_NEEDS_HOLIDAY(
            409,
            "It may be extended only if a Saturday or public holiday falls inside",
            "토요일 또는 공휴일이 포함된 경우에만 연장할 수 있습니다"),
    EXTENDED_TO_THE_LIMIT(409, "It may not be extended once more", "더 이상 연장할 수 없습니다"),
    CLOCK_HAS_RUN_OUT(409, "The clock has run out and cannot be extended", "이미 만료된 기한은 연장할 수 없습니다");

    private final int status;
    private final String english;
    private final String korean;

    ClockRule(int status, String english, String korean) {
        this.status = status;
        this.english = english;
        this.korean = korean;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String english() {
        return english;
    }

    @Override
    public String korean() {
        return korean;
    }
}
