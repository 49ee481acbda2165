package dev.weft.execution.usage;

import dev.weft.execution.record.DeliveryAudience;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Adds up what the recorded work has used, until it is stored. The JVM does not tell the processor time of a virtual
 * thread; so a step counts for the time in which it was at work, with the messages that it had.
 */
@Service
class UsageMeter implements DeliveryAudience {

    private static final Logger log = LoggerFactory.getLogger(UsageMeter.class);

    private static final double MEBIBYTE = 1024 * 1024;
    private static final double SECOND_MS = 1000;
    /** What is quicker than the clock has worked all the same. */
    private static final long LEAST_MS = 1;

    private final MongoUsages usages;
    private final UsageOwners owners;
    private final Clock clock;
    private final ConcurrentHashMap<UsageDay, Usage> waiting = new ConcurrentHashMap<>();

    UsageMeter(MongoUsages usages, UsageOwners owners, Clock clock) {
        this.usages = usages;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public void written(List<DeliveryRecord> records) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var record : records) {
            var ms = record.steps().stream().mapToLong(UsageMeter::work).sum();
            if (ms > 0) {
                var used = new Usage(ms, record.weight() / MEBIBYTE * ms / SECOND_MS);
                waiting.merge(new UsageDay(record.flowId(), record.workspaceId(), today), used, Usage::plus);
            }
        }
    }

    /**
     * A frame of a sailor, and a second failure of one work, are no further work; what has only begun, or was left undone,
     * is none yet.
     */
    private static long work(StepRecord step) {
        var isNone = step.isFrame()
                || step.isFurtherFailure()
                || step.status() == StepRecord.Status.RUNNING
                || (step.status() == StepRecord.Status.FAILED && step.failure() == null && step.durationMs() == 0);
        return isNone ? 0 : Math.max(LEAST_MS, step.durationMs());
    }

    /** Stores what has come together; what the store does not take is added to what comes next. */
    void flush() {
        var taken = new HashMap<UsageDay, Usage>();
        for (var day : List.copyOf(waiting.keySet())) {
            var used = waiting.remove(day);
            if (used != null) {
                taken.put(day, used);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            usages.add(owned(taken)).forEach(day -> putBack(day, taken));
        } catch (RuntimeException e) {
            taken.keySet().forEach(day -> putBack(day, taken));
            throw e;
        }
    }

    private void putBack(UsageDay day, Map<UsageDay, Usage> taken) {
        waiting.merge(day, Objects.requireNonNull(taken.get(day)), Usage::plus);
    }

    /** Without flows of deleted workspaces: nothing of them is to come back. */
    private Map<UsageDay, MongoUsages.Owned> owned(Map<UsageDay, Usage> taken) {
        var owned = new HashMap<UsageDay, MongoUsages.Owned>();
        var of = owners.of(taken.keySet().stream().map(UsageDay::flowId).collect(Collectors.toSet()));
        taken.forEach((day, used) -> {
            var owner = of.get(day.flowId());
            if (owner == null) {
                log.debug("Flow {} is gone, and what it has used with it", day.flowId());
            } else {
                owned.put(day, new MongoUsages.Owned(owner.tenantId(), owner.contractId(), used));
            }
        });
        return owned;
    }
}
