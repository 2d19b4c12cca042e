package org.jikimi.cases.casefile;

import org.jikimi.cases.TestWorld;

/** The parts of the case files on a test's world. */
public final class CaseParts {
    public final OpenCase open;
    public final FollowReferral follow;
    final WorkOnCase work;
    final CaseFiles files = new CaseFiles();

    public CaseParts(TestWorld world) {
        this.open = new OpenCase(world.chronicle);
        this.follow = new FollowReferral(world.chronicle);
        this.work = new WorkOnCase(new CaseEntries(world.texts), world.chronicle);
    }
}
