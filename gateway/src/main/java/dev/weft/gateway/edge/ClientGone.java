package dev.weft.gateway.edge;

import java.io.IOException;

/** The sender of a request broke off before all of it had come. */
public final class ClientGone extends IOException {

    private static final long serialVersionUID = 1L;

    public ClientGone(IOException cause) {
        super(cause);
    }
}
