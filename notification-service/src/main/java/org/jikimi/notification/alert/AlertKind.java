package org.jikimi.notification.alert;

import java.util.EnumSet;
import java.util.Set;

/** What an alert asks for, in Korean and English. The wording is fixed: nothing of a child or a family enters it. */
public enum AlertKind {
    URGENT_FLAG("긴급 발굴 아동입니다. 즉시 방문하십시오", "A child was flagged as urgent: visit at once"),
    VISIT_PLANNED("가정방문이 배정되었습니다", "A household visit is planned"),
    JOINT_VISIT_PLANNED("경찰 동행 방문이 배정되었습니다", "A visit together with the police is planned"),
    JOINT_VISIT_NEEDED(
            "방문이 두 번 거부되었습니다. 72시간 안에 경찰과 동행 방문하십시오",
            "A visit was refused twice: visit together with the police within 72 hours"),
    VISIT_LEFT_CHILD_UNSEEN(
            "방문이 끝났으나 아동을 만나지 못했습니다. 후속 조치를 정하십시오", "A visit ended without the child being seen: decide what follows"),
    CHILD_MOVED(
            "진행 중인 업무가 있는 아동이 전입하였습니다. 업무를 인수하십시오",
            "A child with open work moved into your district: take the work over"),
    NEW_SIGNAL(
            "진행 중이거나 사후관리 중인 아동에게 새로운 위기 신호가 있습니다", "Something new was observed of a child with open or watched work"),
    CHILD_DECEASED("아동 사망이 확인되었습니다", "A child was found to have died"),
    CHILD_EMIGRATED(
            "진행 중인 업무가 있는 아동이 국외로 이주하였습니다. 후속 조치를 정하십시오", "A child with open work has emigrated: decide what follows"),
    WHEREABOUTS_CHECK("소재불명 아동입니다. 소재를 확인하십시오", "A child cannot be found: check the whereabouts"),
    ABUSE_REPORTED("아동학대 의심 신고가 접수되었습니다. 조사를 시작하십시오", "Abuse is suspected: start the investigation"),
    CROSS_NOTICE("단독 조사가 시작되었습니다. 확인하십시오", "An investigation was started without you: take note"),
    PROTECTIVE_MEASURE("보호조치가 이루어졌습니다. 법정기한을 확인하십시오", "A protective measure was taken: legal clocks run"),
    RE_ABUSE("재학대로 판단되었습니다", "Abuse was found again"),
    CASE_OPENED("사례가 개시되었습니다. 아동보호전문기관 연계를 확인하십시오", "A case file was opened: see that an agency takes it over"),
    CASE_MANAGEMENT_REFUSED("사례관리가 거부되었습니다", "The family refused case management"),
    DEADLINE_APPROACHING("법정기한이 임박했습니다", "A legal clock is about to run out"),
    DEADLINE_BREACHED("법정기한이 지났습니다", "A legal clock ran out"),
    REFERRAL_OFFERED("연계 의뢰가 도착했습니다. 수락 여부를 답하십시오", "A referral is offered to you: accept or decline"),
    REFERRAL_UNPLACED("의뢰를 맡을 기관이 없습니다", "No agency is left to take a referral"),
    FAMILY_LEFT_SERVICE("가정이 서비스를 그만두었습니다", "A family left its service"),
    PLACE_RESERVED("보호 아동이 입소할 예정입니다", "A place was reserved: a child will come"),
    SIBLINGS_SPLIT("형제자매가 분리되었습니다. 면접 계획을 확인하십시오", "Siblings were split: see to their contact plan"),
    PLACE_UNAVAILABLE("보호할 자리가 없습니다", "No place was found for a child"),
    ROUND_HANDED_ON("조사가 종료되었으나 만나지 못한 아동이 있습니다", "A round closed with children not yet seen"),
    SOURCE_SILENT(
            "자료 기관이 평소 보내던 지표를 보내지 않고 있습니다. 기관에 확인하십시오",
            "A source no longer sends an indicator that it used to send: ask it why");

    /** Events about each child of a visit ask for one thing: to go there. The visit names its children. */
    private static final Set<AlertKind> ONCE_PER_SUBJECT = EnumSet.of(VISIT_PLANNED, JOINT_VISIT_PLANNED);

    private final String korean;
    private final String english;

    AlertKind(String korean, String english) {
        this.korean = korean;
        this.english = english;
    }

    /** Whether all events about one thing ask for it together, and for no child of their own. */
    public boolean isOncePerSubject() {
        return ONCE_PER_SUBJECT.contains(this);
    }

    /** Whether it tells of a legal clock, of which each child of a thing has its own. */
    boolean isDeadline() {
        return this == DEADLINE_APPROACHING || this == DEADLINE_BREACHED;
    }

    public String korean() {
        return korean;
    }

    public String english() {
        return english;
    }
}
