package dev.weft.common.event;

import java.util.List;

/**
 * Names a service that must hear facts of these types although it may never have run when the first is told, such as
 * the making of the first tenant: its queue is declared by who tells. A bean per receiver.
 */
public record EventReceiver(String service, List<Fact> facts) {}
