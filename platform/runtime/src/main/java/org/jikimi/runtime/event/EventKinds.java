package org.jikimi.runtime.event;

/** Names the events of a service's contracts; a service has one bean of it. */
@FunctionalInterface
public interface EventKinds {
    /**
     * The names that the record's event goes by.
     *
     * @throws IllegalArgumentException if the record is no event of the platform
     */
    EventKind of(Class<? extends Record> data);
}
