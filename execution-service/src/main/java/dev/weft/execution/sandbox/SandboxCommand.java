package dev.weft.execution.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the worker process is started: this JVM's program and class path, a small heap, a quick start, no environment
 * and nothing secret in its arguments. In a Spring Boot archive the classes lie in nested archives, which only its
 * launcher can open.
 */
final class SandboxCommand {

    private static final List<String> OPTIONS = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "-Dfile.encoding=UTF-8");

    private SandboxCommand() {}

    static Process start() throws IOException {
        var builder = new ProcessBuilder(line());
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.PIPE);
        return builder.start();
    }

    private static List<String> line() {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(OPTIONS);
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        if (isNested()) {
            line.add("-Dloader.main=" + SandboxWorker.class.getName());
            line.add("org.springframework.boot.loader.launch.PropertiesLauncher");
        } else {
            line.add(SandboxWorker.class.getName());
        }
        return line;
    }

    private static boolean isNested() {
        var source = SandboxCommand.class.getProtectionDomain().getCodeSource();
        return source != null
                && source.getLocation() != null
                && !System.getProperty("java.class.path").contains(File.pathSeparator)
                && source.getLocation().toString().contains("nested:");
    }
}
