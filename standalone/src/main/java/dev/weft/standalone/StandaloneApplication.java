package dev.weft.standalone;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts every service in this JVM, then completes the installation's {@code credentials.json}. */
final class StandaloneApplication {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneApplication.class);

    private StandaloneApplication() {}

    /** {@code --NAME=value} arguments win over environment variables of that name. */
    public static void main(String[] arguments) {
        var all = new ArrayList<>(List.of(arguments));
        HostedStore.open(System.getenv()).ifPresent(store -> all.add("--WEFT_MONGODB_URI=" + store.connectionString()));
        try {
            var services = StandaloneServices.start(all.toArray(String[]::new));
            services.installation().ifPresent(InstallationFile::completeWhenReady);
        } catch (RuntimeException e) {
            LOG.error("A service did not start; the others are stopped", e);
            System.exit(1);
        }
    }
}
