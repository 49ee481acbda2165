package dev.weft.gateway.webhook.door;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.weft.common.flowmessage.DoorLock;
import dev.weft.common.flowmessage.DoorTerm;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The doors that this instance knows. On a miss execution-service is asked, once for many waiting callers; an entry is
 * removed when a fact says that the door changed. That a flow has no door, or is starting, is kept for a second.
 */
public final class Doors {

    private static final Duration UNKNOWN = Duration.ofSeconds(1);
    /** For an answer that another caller has asked for. */
    private static final long LONGEST_SECONDS = 20;

    /** Bytes: some thirty thousand doors of usual size. */
    private static final long HEAVIEST = 32_000_000;

    private static final int EACH = 300;
    private static final int DOOR = 700;
    private static final int TEXT = 60;

    private final AsyncLoadingCache<String, Optional<HookDoor>> doors;

    Doors(DoorLookup execution) {
        this.doors = Caffeine.newBuilder()
                .maximumWeight(HEAVIEST)
                .<String, Optional<HookDoor>>weigher((flow, door) ->
                        EACH + flow.length() + door.map(Doors::weight).orElse(0))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .expireAfter(Expiry.<String, Optional<HookDoor>>creating(
                        (_, door) -> door.filter(HookDoor::isOpen).isPresent() ? DoorTerm.LONGEST : UNKNOWN))
                .buildAsync(flow -> execution.find(flow));
    }

    /** In bytes. What tenants choose the length of is counted; all else has its usual size. */
    private static int weight(HookDoor door) {
        var origins = door.origins().stream()
                .mapToInt(origin -> TEXT + origin.length())
                .sum();
        return DOOR
                + origins
                + switch (door.lock()) {
                    case DoorLock.Basic basic -> basic.username().length();
                    case DoorLock.ApiKey key -> key.headerName().length();
                    case DoorLock.Hmac hmac ->
                        hmac.secret().length() + hmac.name().length();
                    case DoorLock.Open _, DoorLock.Closed _ -> 0;
                };
    }

    public Optional<HookDoor> find(String flow) {
        try {
            return doors.get(flow).get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return Problem.of(ProblemCode.UNAVAILABLE, "The execution service does not answer at the moment.")
                .exception();
    }

    /** Also an answer under way, which may be older than the change. */
    public void forget(String flow) {
        // By the map view, which also cancels a load under way; the cache's own invalidate would keep that result.
        doors.asMap().remove(flow);
    }

    /**
     * Those of a contract, of a tenant, or all, and answers under way, which may be theirs.
     *
     * @param tenantId   null: of all
     * @param contractId null: of all the tenant's
     */
    void forgetOf(@Nullable String tenantId, @Nullable String contractId) {
        doors.asMap().values().removeIf(answer -> {
            if (answer.state() != Future.State.SUCCESS) {
                return true;
            }
            return answer.resultNow()
                    .filter(door -> isOf(tenantId, door.tenantId()) && isOf(contractId, door.contractId()))
                    .isPresent();
        });
    }

    /** A door of which an older release does not say whose it is may be anybody's. */
    private static boolean isOf(@Nullable String wanted, @Nullable String id) {
        return wanted == null || id == null || wanted.equals(id);
    }

    void forgetAll() {
        doors.asMap().clear();
    }
}
