package org.jikimi.referral.referral;

import org.jspecify.annotations.Nullable;

/** Body of {@code POST referrals/{id}/completion}: one of {@link ServiceOutcome}. */
public record CompletionRequest(@Nullable String outcome) {
    static final CompletionRequest EMPTY = new CompletionRequest(null);
}
