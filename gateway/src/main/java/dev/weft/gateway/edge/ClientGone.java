package dev.weft.gateway.edge;

import java.io.IOException;

/** The client broke the connection before its whole request had arrived. */
public final class ClientGone extends IOException {

    private static final long serialVersionUID = 1L;

    public ClientGone(IOException cause) {
        super(cause);
    }
}
