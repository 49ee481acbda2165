package dev.weft.gateway.webhook.door;

import dev.weft.common.flowmessage.HookDoor;
import java.util.Optional;

/** Asks execution-service for the door of a flow. */
interface DoorLookup {

    /** Empty unless the flow is active, or starting, and begins with a webhook. */
    Optional<HookDoor> find(String flow);
}
