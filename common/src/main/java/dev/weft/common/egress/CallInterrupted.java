package dev.weft.common.egress;

/** Whoever makes the call is to end; nothing is known of what the server has done. Its thread stays interrupted. */
public final class CallInterrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallInterrupted(Throwable cause) {
        super("The call was interrupted.", cause);
    }
}
