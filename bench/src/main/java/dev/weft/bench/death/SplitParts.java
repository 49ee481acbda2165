package dev.weft.bench.death;

import dev.weft.bench.launch.LaunchedWeft;
import dev.weft.bench.launch.ReplicaProcesses;
import dev.weft.bench.launch.SuiteService;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.trial.TrialSetting;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Each service a process of its own, beside the launcher's servers. */
final class SplitParts implements KilledParts {

    private static final String SANDBOX = "sandbox";
    private static final List<String> SERVERS = List.of("rabbitmq", "store", "keycloak");
    private static final Duration START = Duration.ofMinutes(15);

    private final TrialSetting setting;
    private final LaunchedWeft weft;
    private final Mender mender;
    private @Nullable ReplicaProcesses processes;

    SplitParts(TrialSetting setting) {
        this.setting = setting;
        this.weft = setting.place().weft(Map.of());
        this.mender = new Mender(weft, "servers");
    }

    @Override
    public void startAll() throws IOException, InterruptedException {
        weft.run("servers");
        processes = new ReplicaProcesses(
                setting.place().tree(), weft, setting.place().port());
        services().startAll(1);
        awaitAll(START);
        // They leave what makes the starts after each death quicker, which the killed can not.
        for (var service : SuiteService.values()) {
            services().stop(service, 1, START);
        }
        services().startAll(1);
        awaitAll(START);
    }

    private ReplicaProcesses services() {
        return Objects.requireNonNull(processes, "not started");
    }

    @Override
    public LaunchedWeft weft() {
        return weft;
    }

    @Override
    public URI gateway() {
        return services().gateway(1);
    }

    @Override
    public List<String> names() {
        var services = Arrays.stream(SuiteService.values())
                .map(service -> service.name().toLowerCase(Locale.ROOT));
        return Stream.of(SERVERS.stream(), Stream.of(SANDBOX), services)
                .flatMap(part -> part)
                .toList();
    }

    @Override
    public boolean kill(String part) throws IOException {
        if (part.equals(SANDBOX)) {
            return services().killChildren(SuiteService.EXECUTION, 1) > 0;
        }
        if (!SERVERS.contains(part)) {
            services().kill(service(part), 1);
            return true;
        }
        if (!weft.isRunning(part)) {
            return false;
        }
        weft.kill(part);
        return true;
    }

    @Override
    public void mend(String part) throws IOException {
        if (SERVERS.contains(part)) {
            mender.mend();
        } else if (!part.equals(SANDBOX)) {
            services().start(service(part), 1);
        }
    }

    private static SuiteService service(String part) {
        return SuiteService.valueOf(part.toUpperCase(Locale.ROOT));
    }

    @Override
    public void awaitAll(Duration patience) throws IOException, InterruptedException {
        mender.awaitAll(patience);
        for (var service : SuiteService.values()) {
            new Patience(patience).run(() -> awaitReady(service, patience));
        }
    }

    /** One that found its servers dead may have ended by itself; a cluster would start it again, and so do we. */
    private void awaitReady(SuiteService service, Duration patience) throws IOException, InterruptedException {
        if (!services().isRunning(service, 1)) {
            setting.verdict().note("ended by itself and was started again", service.module());
            services().start(service, 1);
        }
        services().awaitReady(service, 1, patience);
    }

    @Override
    public void close() {
        mender.close();
        if (processes != null) {
            processes.close();
        }
    }
}
