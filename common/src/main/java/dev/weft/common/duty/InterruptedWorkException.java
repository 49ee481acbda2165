package dev.weft.common.duty;

/** Work was interrupted before its end: it took too long, its lease was lost, or the process stops. */
final class InterruptedWorkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InterruptedWorkException(String name, Watch.Reason reason, Throwable cause) {
        super(
                name + " was interrupted: "
                        + switch (reason) {
                            case LIMIT -> "it took too long.";
                            case LEASE -> "its lease could not be kept.";
                            case SHUTDOWN -> "the process stops.";
                        },
                cause);
    }
}
