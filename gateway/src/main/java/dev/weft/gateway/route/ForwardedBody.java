package dev.weft.gateway.route;

import java.io.InputStream;

/** The body of a request that goes on to a service. */
public sealed interface ForwardedBody {

    /** All of it. */
    record Whole(byte[] bytes) implements ForwardedBody {}

    /**
     * Passed on as it comes.
     *
     * @param begun  what has been read of it
     * @param rest   what follows; fails where the body gets too long or takes too long
     * @param length of the whole; negative: not known
     */
    record Streamed(byte[] begun, InputStream rest, long length) implements ForwardedBody {}
}
