package dev.weft.execution.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Log levels by name and number (api-v2 9.3, 11.1). */
public final class LogLevel {

    public static final int INFO = 30;
    public static final int WARN = 40;
    public static final int ERROR = 50;
    private static final Map<String, Integer> NUMBERS =
            Map.of("trace", 10, "debug", 20, "info", INFO, "warn", WARN, "error", ERROR, "fatal", 60);

    private LogLevel() {}

    /** Info when none is named. */
    static int number(@Nullable String name) {
        return name == null ? INFO : NUMBERS.getOrDefault(name, INFO);
    }
}
