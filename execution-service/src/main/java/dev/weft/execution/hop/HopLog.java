package dev.weft.execution.hop;

import dev.weft.common.egress.ShownText;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.record.DeliveryRecord.LogLine;
import dev.weft.execution.routing.Arrival;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The log lines of one delivery. A line's id is made of effect key and ordinal: a repeated delivery writes it once, and
 * lines of the same millisecond sort in the order in which they were written.
 */
final class HopLog {

    private static final int LONGEST = 32 * 1024;

    private final String name;
    private final List<LogLine> lines = new ArrayList<>();
    private long delivery;

    /** @param name tells apart what one delivery logs in several parts */
    HopLog(String name) {
        this.name = name;
    }

    /**
     * A line of the step's own or about its work, without the users of addresses; one below the step's level is dropped, an
     * error never is.
     */
    void add(Arrival arrival, int level, String message, long now) {
        var step = arrival.step();
        if (level < step.logLevel() && level < LogLevel.ERROR) {
            return;
        }
        if (lines.isEmpty()) {
            delivery = hash(arrival.key() + ":" + name);
        }
        var shown = ShownText.withoutUsers(message);
        var id = id(delivery, lines.size(), hash(arrival.key() + ":" + name + lines.size()));
        lines.add(new LogLine(
                id.toString(),
                step.id(),
                step.componentId(),
                step.component(),
                step.method(),
                level,
                shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST),
                now));
    }

    /**
     * A UUID of version 8 (RFC 9562): what the delivery is, the line's place in it, and what the line is. The place has 14
     * bits; lines beyond are in no order.
     */
    static UUID id(long delivery, int place, long line) {
        var most = (delivery & ~0xf000L) | 0x8000L;
        var order = (long) Math.min(place, 0x3fff);
        return new UUID(most, 0x8000000000000000L | (order << 48) | (line & 0xffffffffffffL));
    }

    private static long hash(String text) {
        var bits = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return bits.getMostSignificantBits() ^ Long.rotateLeft(bits.getLeastSignificantBits(), 17);
    }

    List<LogLine> lines() {
        return lines;
    }
}
