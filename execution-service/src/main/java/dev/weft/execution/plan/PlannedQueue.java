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
 * @param begins   how long work may be begun for one of its messages: what each of its steps may take, and once what an
 *                 expression may. What is not done by then, such as the work on thousands of messages of a splitter, or
 *                 further expressions of a mapping, is not begun any more
 * @param longest  how long one of its messages may be in work at most: what was begun last ends too. That is an expression,
 *                 since the steps that wait for anything else are done once, in turn, within the time counted for each.
 *                 Waiting for broker and store is not counted
 */
public record PlannedQueue(
        String name,
        List<String> steps,
        int prefetch,
        int replicas,
        boolean entry,
        Duration begins,
        Duration longest) {}
