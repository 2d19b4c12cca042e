package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.jikimi.city.Agency;
import org.junit.jupiter.api.Test;

class UsersTest {
    @Test
    void theUserOfAnAgencyIsReadFromItsId() {
        assertThat(Users.ofAgency(Agency.id("CPA", 10).toString())).isEqualTo("cpa-10");
        assertThat(Users.ofAgency(Agency.id("WELFARE_CENTRE", 11350).toString()))
                .isEqualTo("welfare-11350");
    }

    @Test
    void whoActsInARoleIsTheAgencysUserOrTheDistrictsOrTheSupervisor() {
        assertThat(Users.inRole(
                        "shelter-staff", "11350", Agency.id("SHELTER", 2).toString()))
                .isEqualTo("shelter-2");
        assertThat(Users.inRole("police", "11350", "")).isEqualTo("police-11350");
        assertThat(Users.inRole("supervisor", "11350", "")).isEqualTo("supervisor-1");
    }
}
