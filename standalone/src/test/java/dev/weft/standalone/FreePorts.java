package dev.weft.standalone;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports for servers that a test kills and starts again. They lie below those that the system gives to outgoing
 * connections: a client that reconnects to a dead server's port there can be given that very port, connects to itself,
 * and the server finds it taken.
 */
public final class FreePorts {

    private static final int FIRST = 30_000;
    private static final int STEP = 60;
    private static final int BASES = 45;

    private FreePorts() {}

    /** A port from which all that an installation uses are free. */
    public static int base() {
        var first = ThreadLocalRandom.current().nextInt(BASES);
        return IntStream.range(0, BASES)
                .map(i -> FIRST + (first + i) % BASES * STEP)
                .filter(base -> IntStream.rangeClosed(base, base + 41).allMatch(FreePorts::isFree))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports"));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
