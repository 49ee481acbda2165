package dev.weft.execution.hop;

import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.record.DeliveryRecord.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The log lines of one delivery. Their ids are made of what they belong to, so that each is written once. */
final class HopLog {

    private static final int LONGEST = 32 * 1024;

    private final String name;
    private final List<LogLine> lines = new ArrayList<>();

    /** @param name tells apart what one delivery logs in several parts */
    HopLog(String name) {
        this.name = name;
    }

    /** A line of the step's own or about its work; one below the step's level is dropped, an error never is. */
    void add(Arrival arrival, int level, String message, long now) {
        var step = arrival.step();
        if (level < step.logLevel() && level < LogLevel.ERROR) {
            return;
        }
        var id = UUID.nameUUIDFromBytes((arrival.key() + ":" + name + lines.size()).getBytes(StandardCharsets.UTF_8));
        lines.add(new LogLine(
                id.toString(),
                step.id(),
                step.componentId(),
                step.component(),
                step.method(),
                level,
                message.length() <= LONGEST ? message : message.substring(0, LONGEST),
                now));
    }

    List<LogLine> lines() {
        return lines;
    }
}
