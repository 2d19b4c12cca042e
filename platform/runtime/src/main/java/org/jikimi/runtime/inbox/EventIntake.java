package org.jikimi.runtime.inbox;

import java.util.List;

/** What a service consumes: its one bean of this type is read into the inbox. */
public interface EventIntake extends EventHandler {
    /** Topics to subscribe to. */
    List<String> topics();
}
