package dev.weft.execution.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.concurrent.atomic.AtomicLong;
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
    /** Of one that is forgotten a later frame counts from its beginning. */
    private static final int MOST_WORKS = 20_000;

    private final MongoUsages usages;
    private final UsageOwners owners;
    private final Clock clock;
    private final ConcurrentHashMap<UsageDay, Usage> waiting = new ConcurrentHashMap<>();
    /** How much of their latest works counts already, in milliseconds. */
    private final Cache<String, Long> ofSailors =
            Caffeine.newBuilder().maximumSize(MOST_WORKS).build();

    UsageMeter(MongoUsages usages, UsageOwners owners, Clock clock) {
        this.usages = usages;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public void written(List<DeliveryRecord> records) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var record : records) {
            var ms = record.steps().stream().mapToLong(this::work).sum();
            if (ms > 0) {
                var used = new Usage(ms, record.weight() / MEBIBYTE * ms / SECOND_MS);
                waiting.merge(new UsageDay(record.flowId(), record.workspaceId(), today), used, Usage::plus);
            }
        }
    }

    /** A second failure of one work is no further work; what has only begun, or was left undone, is none yet. */
    private long work(StepRecord step) {
        var isNone = step.isFurtherFailure()
                || step.status() == StepRecord.Status.RUNNING
                || (step.status() == StepRecord.Status.FAILED && step.failure() == null && step.durationMs() == 0);
        if (isNone) {
            return 0;
        }
        var ms = Math.max(LEAST_MS, step.durationMs());
        return step.isFrame() ? moreOf(step.workOfFrame(), ms) : ms;
    }

    /** Each frame of a sailor says how long its work has taken so far: it counts for what is more than the one before. */
    private long moreOf(String work, long ms) {
        var before = new AtomicLong();
        ofSailors.asMap().compute(work, (_, known) -> {
            before.set(known == null ? 0 : known);
            return Math.max(ms, before.get());
        });
        return Math.max(0, ms - before.get());
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
