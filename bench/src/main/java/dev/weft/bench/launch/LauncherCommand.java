package dev.weft.bench.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The launcher {@code ./weft} of a tree, for the installation in one home. */
record LauncherCommand(Path launcher, Path home, Map<String, String> settings) {

    boolean isThere() {
        return Files.exists(launcher);
    }

    /** Returns when it is done. */
    void run(String... command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(command));
        var output = Files.createDirectories(home).resolve("launcher.log");
        var builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(Redirect.appendTo(output.toFile()));
        var environment = builder.environment();
        // The settings of whoever runs this program are for another installation; only the cache of the machine is for
        // all.
        environment.keySet().removeIf(name -> name.startsWith("WEFT_") && !name.equals("WEFT_CACHE"));
        // Who kills a part measures how it comes back, so nobody else starts it again.
        environment.put("WEFT_SUPERVISOR", "off");
        environment.putAll(settings);
        environment.put("WEFT_HOME", home.toString());
        var code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(
                    "weft " + String.join(" ", command) + " ended with " + code + "; " + output + " says why");
        }
    }
}
