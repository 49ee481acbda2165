package dev.weft.gateway.webhook.door;

/** Asks flow-service, which takes users' wishes, whether a flow shall run: it knows before execution-service does. */
interface WantedFlows {

    /** Whether the flow shall be active and begins with a webhook. */
    boolean isWanted(String flow);
}
