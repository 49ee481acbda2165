package dev.weft.gateway.webhook.reply;

import dev.weft.expression.value.Numbers;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.route.HopByHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The headers of a flow's reply, in its order and spelling; an array of values makes several headers. Hop-by-hop
 * headers, and those that the server must write itself, are left out.
 *
 * @param contentType null when the flow names none
 */
record ReplyHeaders(List<Header> all, @Nullable String contentType) {

    /** One header line. */
    record Header(String name, String value) {}

    /** Bytes of one header; beyond it many a client gives up. */
    private static final int LARGEST = 8 * 1024;
    /** Bytes of all; the server's own limit is a little higher. */
    private static final int LARGEST_TOGETHER = 56 * 1024;

    static ReplyHeaders of(JsonNode fields) throws UnfitReply {
        var all = new ArrayList<Header>();
        String contentType = null;
        for (var field : fields.properties()) {
            var name = field.getKey();
            requireName(name);
            for (var value : values(name, field.getValue())) {
                if (name.equalsIgnoreCase("Content-Type")) {
                    contentType = value.isBlank() ? null : value;
                } else {
                    all.add(new Header(name, value));
                }
            }
        }
        requireSmall(all);
        return new ReplyHeaders(withoutHop(all), contentType);
    }

    boolean contain(String name) {
        return all.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }

    private static List<String> values(String name, JsonNode value) throws UnfitReply {
        var values = new ArrayList<String>();
        for (var each : value.isArray() ? value.values() : List.of(value)) {
            if (each.isContainer()) {
                throw new UnfitReply("The header " + name + " of the flow's reply is no text.");
            }
            if (!each.isNull()) {
                values.add(fit(name, each.isNumber() ? Numbers.text(each.numberValue()) : each.asString()));
            }
        }
        return values;
    }

    /** A token as RFC 9110 5.6.2 has it. */
    private static void requireName(String name) throws UnfitReply {
        var fit = !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
        if (!fit) {
            throw new UnfitReply("The flow's reply has a header whose name none can have.");
        }
    }

    /** No line breaks or other control characters; nothing that is more than one byte. */
    private static String fit(String name, String value) throws UnfitReply {
        if (value.length() > LARGEST) {
            throw new UnfitReply("The header " + name + " of the flow's reply is larger than " + LARGEST + " bytes.");
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 256 && c != 127))) {
            throw new UnfitReply("The header " + name + " of the flow's reply holds what no header can.");
        }
        return value;
    }

    private static void requireSmall(List<Header> headers) throws UnfitReply {
        var size = headers.stream()
                .mapToInt(header -> header.name().length() + header.value().length() + 4)
                .sum();
        if (size > LARGEST_TOGETHER) {
            throw new UnfitReply(
                    "The headers of the flow's reply are larger than " + LARGEST_TOGETHER + " bytes together.");
        }
    }

    private static List<Header> withoutHop(List<Header> headers) {
        var connection = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("Connection"))
                .map(Header::value)
                .reduce("", (all, each) -> all + "," + each);
        return headers.stream()
                .filter(header -> goesOut(header.name(), connection))
                .toList();
    }

    private static boolean goesOut(String name, String connection) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length", "date", "x-content-type-options" -> false;
            default -> !name.equalsIgnoreCase(RequestId.HEADER) && !HopByHop.contains(name, connection);
        };
    }
}
