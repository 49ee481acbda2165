package dev.weft.gateway.webhook.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides the answer for a flow without a door at execution-service. In the milliseconds between the answer to a start
 * and the command's arrival a quick user may call already: he gets 503 instead of 404, since flow-service knows that
 * the flow shall run.
 *
 * <p>Anybody can invent ids, so flow-service is asked only a few times a second, and even less for one address. A call
 * beyond that gets the last answer about the flow, or 503 if there is none.
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
            // flow-service is away; its last answer is better than none.
            return answers.getIfPresent(flow);
        }
    }
}
