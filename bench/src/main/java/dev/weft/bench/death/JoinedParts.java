package dev.weft.bench.death;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All services in one process, as the launcher starts them. */
final class JoinedParts implements KilledParts {

    private static final String SANDBOX = "sandbox";

    private final LaunchedWeft weft;
    private final int port;
    private final Mender mender;

    JoinedParts(TrialSetting setting) {
        this.weft = setting.place().weft(Map.of());
        this.port = setting.place().port();
        this.mender = new Mender(weft, "up");
    }

    @Override
    public void startAll() throws IOException, InterruptedException {
        weft.run("up");
    }

    @Override
    public LaunchedWeft weft() {
        return weft;
    }

    @Override
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public List<String> names() {
        return List.of("standalone", "rabbitmq", "store", "keycloak", SANDBOX);
    }

    @Override
    public boolean kill(String part) throws IOException {
        if (!weft.isRunning(part.equals(SANDBOX) ? "standalone" : part)) {
            return false;
        }
        if (part.equals(SANDBOX)) {
            // All that the service has started is taken for a sandbox worker.
            return weft.killChildren("standalone") > 0;
        }
        weft.kill(part);
        return true;
    }

    @Override
    public void mend(String part) {
        // A sandbox worker is started again by its service, at the next work for it.
        if (!part.equals(SANDBOX)) {
            mender.mend();
        }
    }

    @Override
    public void awaitAll(Duration patience) throws IOException, InterruptedException {
        mender.awaitAll(patience);
    }

    @Override
    public void close() {
        mender.close();
    }
}
