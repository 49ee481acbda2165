package dev.weft.execution.plan;

import java.time.Duration;
import java.util.List;

/**
 * A queue of a run.
 *
 * @param steps    ids of the steps that its worker does, the one that its messages are for first
 * @param prefetch how many of its messages may be in work at once
 * @param replicas 1: one worker at a time over all replicas of the service, so that order is kept
 * @param entry    the queue of the first step
 * @param begins   until when new work for one of its messages may begin: the time limits of its steps, plus that of one
 *                 expression. What has not begun by then (a splitter's remaining thousands of messages, further
 *                 expressions of a mapping) never begins
 * @param longest  how long one of its messages may be in work at most: {@code begins}, plus the end of what began last.
 *                 That is an expression: steps that wait for something else are done once each, within the time counted
 *                 for them. Waiting for broker and store is not included
 */
public record PlannedQueue(
        String name,
        List<String> steps,
        int prefetch,
        int replicas,
        boolean entry,
        Duration begins,
        Duration longest) {}
