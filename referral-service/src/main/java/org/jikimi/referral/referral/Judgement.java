package org.jikimi.referral.referral;

import java.util.List;
import java.util.UUID;

/**
 * Why an agency was chosen or not.
 *
 * @param rank 1 for the chosen one, 2 for the next best; 0 for one that does not qualify
 * @param failed criteria that it fails
 * @param taken places held
 * @param places places it has
 */
record Judgement(UUID agencyId, int rank, List<Criterion> failed, int taken, int places) {
    Judgement {
        failed = List.copyOf(failed);
    }
}
