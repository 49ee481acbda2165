package dev.weft.bench.measure;

import java.io.IOException;

/** An answer of 400 or above. */
public final class RefusedCall extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    RefusedCall(String message, int status) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
