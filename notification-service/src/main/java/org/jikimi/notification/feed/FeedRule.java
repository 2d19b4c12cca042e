package org.jikimi.notification.feed;

import java.util.List;
import java.util.Set;

/**
 * What may leave the platform of one event type, and to whom.
 *
 * @param roles roles who hear it in their districts
 * @param agencyRoles roles who hear it only if it names their agency
 * @param fields fields that leave; the child leaves as a pseudonym beside them
 */
record FeedRule(Set<String> roles, Set<String> agencyRoles, List<String> fields) {}
