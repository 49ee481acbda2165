package dev.weft.standalone.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints the ends of all logs of the topology when a test fails: they go with it. */
final class LogsOfFailure implements TestExecutionExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(LogsOfFailure.class);
    private static final int LINES = 200;

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        try (var logs = Files.list(Topology.shared().logs())) {
            for (var file : logs.sorted().toList()) {
                log.error("{}: the end of {}\n{}", test.getDisplayName(), file.getFileName(), end(file));
            }
        }
        throw failure;
    }

    private static String end(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
