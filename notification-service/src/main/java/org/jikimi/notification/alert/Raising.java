package org.jikimi.notification.alert;

import org.jikimi.runtime.outbox.OutboxEvent;

/**
 * An alert that is about to be raised, with what will be told of it.
 *
 * @param aloud false for what was told before: the alert stands and escalates, and nobody is written to now
 * @param raised tells that it was raised
 * @param closed tells that it was closed at once, if what it asks for has been done already
 */
public record Raising(Alert alert, boolean aloud, OutboxEvent raised, OutboxEvent closed) {}
