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
 * Sees that the memory of the worker is about to be used up, and by which request: the one whose thread has allocated most.
 * Without it a worker collects garbage for many seconds before it dies, and then nobody knows whose doing that was.
 */
final class MemoryWatch {

    private static final long PERIOD_MS = 20;
    /** So much of the room for what lives long is taken right after a collection of all. */
    private static final double FULL = 0.9;

    private record Work(long thread, long allocatedBefore) {}

    private final Map<Integer, Work> inWork = new ConcurrentHashMap<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final IntConsumer culprit;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("memory-watch").unstarted(work));
    /** The clock's thread alone. */
    private long judged;

    /** @param culprit told of the request, on the watch's thread; it ends the process */
    MemoryWatch(IntConsumer culprit) {
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
            var _ = clock.scheduleWithFixedDelay(() -> look(room.get()), PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Of the serial collector: what has outlived some collections. */
    private static Optional<MemoryPoolMXBean> old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
    }

    private void look(MemoryPoolMXBean room) {
        var count = collections(room);
        // What was left by a collection is told until the next one, so that each is judged once.
        if (count == judged) {
            return;
        }
        judged = count;
        var left = room.getCollectionUsage();
        if (left.getUsed() > FULL * left.getMax()) {
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
