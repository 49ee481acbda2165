package dev.weft.bench.death;

import dev.weft.bench.launch.LaunchedWeft;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** An installation whose parts die one by one. */
interface KilledParts extends AutoCloseable {

    void startAll() throws IOException, InterruptedException;

    LaunchedWeft weft();

    URI gateway();

    List<String> names();

    /** {@code kill -9}; false when it does not run. */
    boolean kill(String part) throws IOException;

    /** Starts it again and does not wait for it. */
    void mend(String part) throws IOException;

    /** Until all parts are ready. */
    void awaitAll(Duration patience) throws IOException, InterruptedException;

    /** What the launcher has started ends with this program. */
    @Override
    void close();
}
