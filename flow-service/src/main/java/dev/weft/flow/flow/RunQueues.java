package dev.weft.flow.flow;

import org.jspecify.annotations.Nullable;

/**
 * How many queues all runs of a flow have together, as far as this service knows: the runs of the version that
 * execution-service was last told to run, and of older ones until their work is done. execution-service corrects the
 * count with its news.
 *
 * @param version id of the version it was last told to run; null before the first start
 * @param containers those of the version that it was last told to run: what older ones still have nobody corrects, and it
 *     ends with their work
 */
record RunQueues(@Nullable String version, long count, long containers) {

    static final RunQueues NONE = new RunQueues(null, 0, 0);

    /** One version runs, and nothing of an older one is left. */
    static RunQueues of(String version, long queues, long containers) {
        return new RunQueues(version, queues, containers);
    }

    /** The version is told to run while older ones keep their queues; one that is told again has them already. */
    RunQueues and(String next, long queues, long more) {
        return next.equals(version) ? this : new RunQueues(next, count + queues, more);
    }
}
