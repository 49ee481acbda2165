package dev.weft.flow.content;

import java.time.Instant;

/** When a flow was made, last changed, and last changed in its graph. */
public record FlowTimes(Instant createdAt, Instant updatedAt, Instant lastModified) {

    public static FlowTimes starting(Instant now) {
        return new FlowTimes(now, now, now);
    }

    public FlowTimes changed(Instant now, boolean graphToo) {
        return new FlowTimes(createdAt, now, graphToo ? now : lastModified);
    }
}
