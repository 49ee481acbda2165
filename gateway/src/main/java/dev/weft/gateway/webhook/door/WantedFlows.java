package dev.weft.gateway.webhook.door;

/** What flow-service, which takes the wishes of people, knows about a flow before others have heard of it. */
interface WantedFlows {

    /** Whether the flow shall be active and begins with a webhook. */
    boolean isWanted(String flow);
}
