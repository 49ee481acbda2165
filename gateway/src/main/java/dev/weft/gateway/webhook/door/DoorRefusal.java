package dev.weft.gateway.webhook.door;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.limit.RetryLater;

/** Why a door refuses a call, in the words of the API; a 503 has a Retry-After. */
public final class DoorRefusal {

    private DoorRefusal() {}

    public static RuntimeException starting() {
        return againInAMoment("The flow is starting.");
    }

    /** Nobody can say at the moment whether the flow is about to run. */
    public static RuntimeException untold() {
        return againInAMoment("Whether the flow is starting can not be told at the moment.");
    }

    /** The call was let in, or read, by what the flow asked for before. */
    public static RuntimeException changed() {
        return againInAMoment("The flow has just been changed.");
    }

    private static RuntimeException againInAMoment(String why) {
        return new RetryLater(Problem.of(ProblemCode.UNAVAILABLE, why), 1).exception();
    }

    public static RuntimeException unknown() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no active flow with a webhook at this address.")
                .exception();
    }
}
