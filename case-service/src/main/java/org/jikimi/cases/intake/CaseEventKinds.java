package org.jikimi.cases.intake;

import jakarta.enterprise.context.ApplicationScoped;
import org.jikimi.contracts.EventTypes;
import org.jikimi.runtime.event.EventKind;
import org.jikimi.runtime.event.EventKinds;

/** Names this service's events as the contracts do. */
@ApplicationScoped
public class CaseEventKinds implements EventKinds {
    @Override
    public EventKind of(Class<? extends Record> data) {
        var type = EventTypes.of(data);
        return new EventKind(type.topic(), type.ceType(), type.ceSource(), type.dataSchema());
    }
}
