package dev.weft.common.event;

import java.util.List;

/**
 * Names a service that must hear facts of these types even if it has never run when the first one is published (such as
 * the creation of the first tenant): the publisher declares its queue. One bean per receiver.
 */
public record EventReceiver(String service, List<Fact> facts) {}
