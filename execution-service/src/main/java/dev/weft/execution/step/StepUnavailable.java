package dev.weft.execution.step;

/**
 * The work can not be done now for a reason on our side, such as a store that is away: no error of the flow. The message
 * stays where it is and is worked on again.
 */
public final class StepUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StepUnavailable(String why) {
        super(why);
    }

    public StepUnavailable(Throwable cause) {
        super(cause.toString(), cause);
    }
}
