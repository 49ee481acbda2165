package dev.weft.bench.death;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.ledger.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has the launcher start what is dead, in the background: it waits for each start, and what it starts may die again. */
final class Mender implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final LaunchedWeft weft;
    private final String command;

    Mender(LaunchedWeft weft, String command) {
        this.weft = weft;
        this.command = command;
    }

    void mend() {
        var _ = thread.submit(() -> {
            try {
                weft.run(command);
            } catch (IOException e) {
                // Killed while it started; whoever killed it asks again.
                return null;
            }
            return null;
        });
    }

    void awaitAll(Duration patience) throws IOException, InterruptedException {
        new Patience(patience).run(() -> weft.run(command));
    }

    @Override
    public void close() {
        // The launcher may be in the middle of a start, for which nobody waits any more.
        thread.shutdownNow();
    }
}
