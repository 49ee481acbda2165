package dev.weft.sandbox;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Notices when requests take too much of the worker's memory, and names the culprit: the request whose thread has
 * allocated most. In a worker of many tenants the limit is half of the old generation, since a worker near its end
 * collects garbage for many seconds while nobody's work goes on; in a worker of one tenant it is nearly all. Without
 * this watch nobody would know who had used up the memory.
 */
final class MemoryWatch {

    private static final long PERIOD_MS = 20;
    /** What may be taken of the room for what lives long, right after a collection of all: in a worker of many tenants. */
    private static final double SHARE = 0.5;

    private static final double NEARLY_ALL = 0.9;
    /** What the room has to fill by, after a collection that this watch has asked for, before it asks for another one. */
    private static final double STEP = 0.15;

    private record Work(long thread, long allocatedBefore) {}

    private final Map<Integer, Work> inWork = new ConcurrentHashMap<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final double most;
    private final IntConsumer culprit;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("memory-watch").unstarted(work));
    /** The clock's thread alone. */
    private long judged;
    /** The clock's thread alone: what the last collection of all has left. */
    private long left;

    /**
     * @param shared  whether this worker is one of many tenants
     * @param culprit told of the request, on the watch's thread; it ends the process
     */
    MemoryWatch(boolean shared, IntConsumer culprit) {
        this.most = shared ? SHARE : NEARLY_ALL;
        this.culprit = culprit;
    }

    /** The calling thread begins with a request. */
    void begin(int request) {
        inWork.put(request, new Work(Thread.currentThread().threadId(), threads.getCurrentThreadAllocatedBytes()));
    }

    void end(int request) {
        inWork.remove(request);
    }

    void start() {
        var room = old();
        if (room.isPresent()) {
            var _ = clock.scheduleWithFixedDelay(
                    () -> lookOrSay(room.get()), PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Of the serial collector: what has outlived some collections. */
    private static Optional<MemoryPoolMXBean> old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
    }

    private void lookOrSay(MemoryPoolMXBean room) {
        try {
            look(room);
        } catch (RuntimeException e) {
            // An exception would end the schedule, and nobody would look again.
            e.printStackTrace(System.err);
        }
    }

    private void look(MemoryPoolMXBean room) {
        var max = room.getUsage().getMax();
        // Only a collection tells how much of it is garbage, and the collector by itself starts one only when the
        // memory is full.
        if (room.getUsage().getUsed() > Math.max(most * max, left + STEP * max)) {
            System.gc();
        }
        var count = collections(room);
        // The pool reports the same number until the next collection, and each collection is to be judged once.
        if (count == judged) {
            return;
        }
        judged = count;
        left = room.getCollectionUsage().getUsed();
        if (left > most * max) {
            mostAllocated().ifPresent(culprit::accept);
        }
    }

    private static long collections(MemoryPoolMXBean room) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> List.of(collector.getMemoryPoolNames()).contains(room.getName()))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private Optional<Integer> mostAllocated() {
        return inWork.entrySet().stream()
                .max(Comparator.comparingLong(entry -> allocated(entry.getValue())))
                .map(Map.Entry::getKey);
    }

    private long allocated(Work work) {
        return threads.getThreadAllocatedBytes(work.thread()) - work.allocatedBefore();
    }
}
