package dev.weft.execution.sandbox;

/** There is no sandbox now for a reason on our side: the worker does not start, or the service is shutting down. */
public final class SandboxUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxUnavailable(String message) {
        super(message);
    }

    SandboxUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static SandboxUnavailable closed() {
        return new SandboxUnavailable("The sandbox is closed.");
    }

    static SandboxUnavailable busy() {
        return new SandboxUnavailable("The sandbox was busy for too long.");
    }
}
