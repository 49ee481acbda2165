package dev.weft.gateway.webhook.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a flow that execution-service knows no door of. Between the answer to a start and its command's arrival
 * there lie milliseconds in which a hurried user calls already: for him it is 503, since flow-service knows of his wish.
 *
 * <p>An id can be anybody's invention, so no more than a few questions a second are asked, fewer for one address. Who
 * comes when there is no room for another gets the last answer about the flow, else 503, since nobody knows.
 */
public final class MissingDoors {

    private static final int QUESTIONS_PER_MINUTE = 6_000;
    private static final int OF_ONE_ADDRESS = 1_200;
    private static final int REMEMBERED = 10_000;

    private final WantedFlows flows;
    private final RateLimit room;
    private final Cache<String, Boolean> answers = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();

    /** @param room for a second's worth of questions at once */
    MissingDoors(WantedFlows flows, RateLimit room) {
        this.flows = flows;
        this.room = room;
    }

    /** @param address of the caller */
    public RuntimeException refusal(String flow, String address) {
        var wanted = hasRoom(address) ? ask(flow) : answers.getIfPresent(flow);
        if (wanted == null) {
            return DoorRefusal.untold();
        }
        return wanted ? DoorRefusal.starting() : DoorRefusal.unknown();
    }

    /** The address first: what one may not ask must take nothing from the others. */
    private boolean hasRoom(String address) {
        return room.isWithin("address " + address, OF_ONE_ADDRESS) && room.isWithin("all", QUESTIONS_PER_MINUTE);
    }

    /** Null when there is no answer. */
    private @Nullable Boolean ask(String flow) {
        try {
            var wanted = flows.isWanted(flow);
            answers.put(flow, wanted);
            return wanted;
        } catch (ProblemException e) {
            // It is away; its last word is better than none.
            return answers.getIfPresent(flow);
        }
    }
}
