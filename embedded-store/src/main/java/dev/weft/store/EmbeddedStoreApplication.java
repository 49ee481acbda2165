package dev.weft.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The store as a process: {@code --file=} or WEFT_STORE_FILE, {@code --host=} or WEFT_STORE_HOST, {@code --port=} or
 * WEFT_STORE_PORT, {@code --force=} or WEFT_STORE_FORCE, and WEFT_STORE_PASSWORD, which has no option, since other
 * users can see a command line. Prints one line when it is ready; a SIGTERM closes it.
 */
public final class EmbeddedStoreApplication {
    private EmbeddedStoreApplication() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Logback reads it once, when the first logger is made.
        System.setProperty("logback.configurationFile", "store-logback.xml");
        var settings = new Settings(arguments, System.getenv());
        var file = Path.of(settings.get("file", ".weft/store/weft.store"));
        var store = EmbeddedStore.open(
                file,
                settings.get("host", "localhost"),
                Integer.parseInt(settings.get("port", "27017")),
                Boolean.parseBoolean(settings.get("force", "true")),
                settings.environment().getOrDefault("WEFT_STORE_PASSWORD", ""));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "store-close"));
        System.out.println("Store ready: " + store.address() + " on " + file.toAbsolutePath());
        // All threads of the store are daemons, which keep no process alive.
        new CountDownLatch(1).await();
    }

    private record Settings(String[] arguments, Map<String, String> environment) {
        String get(String name, String otherwise) {
            var option = "--" + name + "=";
            for (var argument : arguments) if (argument.startsWith(option)) return argument.substring(option.length());
            return environment.getOrDefault("WEFT_STORE_" + name.toUpperCase(java.util.Locale.ROOT), otherwise);
        }
    }
}
