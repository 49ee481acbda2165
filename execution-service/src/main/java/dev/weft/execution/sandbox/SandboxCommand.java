package dev.weft.execution.sandbox;

import dev.weft.sandbox.SandboxWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a worker process: this JVM's program, a class path of its own, a small heap, flags for a quick
 * start, an empty environment, no secrets in its arguments. A process for an offender runs at lower priority (nice), if
 * the system has that program.
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

    private static final ReentrantLock FINDING = new ReentrantLock();
    private static @Nullable String classPath;

    private static final Path NICE = Path.of("/usr/bin/nice");

    private SandboxCommand() {}

    static Process start(WorkerUse use) throws IOException {
        var builder = new ProcessBuilder(line(use));
        // The service's environment contains the addresses and passwords of broker and store.
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.PIPE);
        return builder.start();
    }

    private static List<String> line(WorkerUse use) throws IOException {
        var line = new ArrayList<String>();
        if (use == WorkerUse.OFFENDER && Files.isExecutable(NICE)) {
            line.addAll(List.of(NICE.toString(), "-n", "5"));
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(OPTIONS);
        line.add("-cp");
        line.add(classPath());
        line.add(SandboxWorker.class.getName());
        if (use == WorkerUse.SHARED) {
            line.add(SandboxWorker.SHARED);
        }
        return line;
    }

    /** The same for all workers, as it may have to be unpacked. */
    private static String classPath() throws IOException {
        FINDING.lock();
        try {
            var known = classPath;
            if (known == null) {
                known = SandboxClassPath.find();
                classPath = known;
            }
            return known;
        } finally {
            FINDING.unlock();
        }
    }
}
