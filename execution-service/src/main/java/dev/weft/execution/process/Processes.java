package dev.weft.execution.process;

import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Renews this process's sign of life every two seconds, and knows of the other processes. A process that ends in order
 * removes its mark; a mark that is not renewed any more means a death. Asking costs nothing: answers are as old as the
 * last renewal.
 */
@Service
public class Processes implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Processes.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** A mark so old may be that of a dead process, or of a slow one. */
    private static final Duration DOUBT = Duration.ofSeconds(5);
    /** A mark so old is that of a dead process. */
    private static final Duration DEATH = Duration.ofSeconds(10);
    /** What a message may have been in is worked off or laid aside long before. */
    private static final Duration REMEMBERED = Duration.ofDays(1);
    /** It begins before the workers and ends after them. */
    private static final int BEFORE_WORKERS = 60;

    private final ProcessMarks marks;
    private final Clock clock;
    private final String id;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile IntSupplier runs = () -> 0;
    private volatile IntSupplier active = () -> 0;
    private volatile List<ProcessMark> known = List.of();
    /** When that was known; before it nothing is. */
    private volatile long knownAt;

    private volatile @Nullable Thread keeper;
    /** The keeper's alone. */
    private boolean failing;

    public Processes(ProcessMarks marks, Clock clock, Ids ids) {
        this.marks = marks;
        this.clock = clock;
        this.id = ids.nextHex32();
    }

    /** How this process says what it has to do. */
    public void tells(IntSupplier openRuns, IntSupplier activeQueues) {
        this.runs = openRuns;
        this.active = activeQueues;
    }

    /** Processes that died since, as far as is known. */
    public int deathsSince(long since) {
        var now = clock.millis();
        var deaths = 0;
        for (var mark : known) {
            // It may have lived for a while after its last sign.
            if (isOlder(mark, now, DEATH) && mark.at() + DOUBT.toMillis() >= since) {
                deaths++;
            }
        }
        return deaths;
    }

    /** Whether it can not be told of some process that it lives, or this one has not looked lately. */
    public boolean isInDoubt() {
        var now = clock.millis();
        if (now - knownAt > DOUBT.toMillis()) {
            return true;
        }
        return known.stream().anyMatch(mark -> isOlder(mark, now, DOUBT) && !isOlder(mark, now, DEATH));
    }

    /** How many active queues each of the other living processes has that work for runs. */
    public List<Integer> othersActive() {
        var now = clock.millis();
        return known.stream()
                .filter(mark -> mark.runs() > 0 && !isOlder(mark, now, DOUBT))
                .map(ProcessMark::active)
                .toList();
    }

    private static boolean isOlder(ProcessMark mark, long now, Duration age) {
        return now - mark.at() > age.toMillis();
    }

    /** Says that this process lives, and looks at the others. */
    public void look() {
        var now = clock.millis();
        marks.put(new ProcessMark(id, now, runs.getAsInt(), active.getAsInt()));
        known = marks.all().stream().filter(mark -> !mark.id().equals(id)).toList();
        // A look may take long, and what it found is as old as its beginning.
        knownAt = now;
    }

    private void keep() {
        var looks = 0L;
        do {
            try {
                // 1,800 looks are an hour.
                if (looks++ % 1800 == 0) {
                    marks.forget(clock.millis() - REMEMBERED.toMillis());
                }
                look();
                failing = false;
            } catch (RuntimeException | Error e) {
                // Whatever it is, the loop goes on: a process that falls silent is taken for dead.
                if (!failing) {
                    failing = true;
                    log.warn("This process can not say that it lives: {}", e.toString());
                }
            }
        } while (!hasStopped());
    }

    private boolean hasStopped() {
        try {
            return stopping.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void start() {
        keeper = Thread.ofPlatform().name("process-mark").daemon().start(this::keep);
    }

    /** After the workers: who is killed while they end has not ended in order. */
    @Override
    public void stop() {
        stopping.countDown();
        var thread = keeper;
        keeper = null;
        try {
            // The keeper may still be writing: a mark that is removed too early would be written again and then look
            // like a death.
            if (thread != null && !thread.join(Duration.ofSeconds(3))) {
                log.warn("What this process says of itself can not be taken away");
                return;
            }
            marks.remove(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("What this process says of itself can not be taken away: {}", e.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return keeper != null;
    }

    @Override
    public int getPhase() {
        return BEFORE_WORKERS;
    }
}
