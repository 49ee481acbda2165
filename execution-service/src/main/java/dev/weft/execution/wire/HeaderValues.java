package dev.weft.execution.wire;

import dev.weft.common.egress.WebAddress;
import dev.weft.execution.step.StepFailure;
import dev.weft.expression.value.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Headers as a step gives them: an object of name to text, number, boolean, or an array of these, which is that many
 * headers. A value that can not be sent as it is fails, and the failure names its header (api-v2 11.6).
 */
public final class HeaderValues {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final int LONGEST = 8 * 1024;
    private static final int LONGEST_TOGETHER = 48 * 1024;
    /** Their values are addresses. */
    private static final Set<String> ADDRESSES = Set.of("location", "content-location");

    private final String failure;

    private HeaderValues(String failure) {
        this.failure = failure;
    }

    /**
     * @param failure the name of a failure
     * @param headers null and undefined values in it, and those in arrays, are left out
     * @return all values by name as written
     * @throws StepFailure naming the header that can not be sent
     */
    public static Map<String, List<String>> read(String failure, @Nullable Object headers) {
        if (headers == null) {
            return Map.of();
        }
        if (!(headers instanceof Map<?, ?> map)) {
            throw new StepFailure(failure, "headers must be an object.");
        }
        return new HeaderValues(failure).read(map);
    }

    private Map<String, List<String>> read(Map<?, ?> map) {
        var read = new LinkedHashMap<String, List<String>>();
        var together = 0;
        for (var header : map.entrySet()) {
            var name = String.valueOf(header.getKey());
            var values = values(name, header.getValue());
            if (!values.isEmpty()) {
                read.put(name, values);
            }
            for (var value : values) {
                // Four more bytes: colon, blank and line break.
                together += name.length() + value.length() + 4;
            }
        }
        if (together > LONGEST_TOGETHER) {
            throw new StepFailure(failure, "The headers are longer than 48 KiB together.");
        }
        return read;
    }

    private List<String> values(String name, @Nullable Object given) {
        var values = new ArrayList<String>();
        for (var value : given instanceof List<?> list ? list : nullable(given)) {
            if (value != null) {
                values.add(value(name, value));
            }
        }
        if (!values.isEmpty() && !NAME.matcher(name).matches()) {
            throw StepFailure.of(failure, "Not a name of a header: " + shortened(name), true);
        }
        return values;
    }

    private static List<?> nullable(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }

    private String value(String name, Object value) {
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            throw refused(name, "it is no text");
        }
        var text = value instanceof Number number ? Numbers.text(number) : value.toString();
        // A line break in a value could start a header of somebody else's choosing.
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw refused(name, "it holds a line end");
        }
        if (ADDRESSES.contains(name.toLowerCase(Locale.ROOT))) {
            text = address(name, text);
        }
        if (name.length() + text.length() > LONGEST) {
            throw refused(name, "it is longer than 8 KiB");
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < ' ' && c != '\t') || (c >= 127 && c < 160)) {
                throw refused(name, "it holds a control character");
            }
            if (c > 255) {
                throw refused(name, "it holds a character beyond Latin-1");
            }
        }
        return text;
    }

    private String address(String name, String text) {
        try {
            return WebAddress.encode(text);
        } catch (IllegalArgumentException e) {
            throw refused(name, String.valueOf(e.getMessage()));
        }
    }

    private StepFailure refused(String name, String why) {
        // The name is a member of an expression's result, so it may be a value of the message too.
        return StepFailure.of(failure, "The header " + shortened(name) + " can not be sent: " + why + ".", true);
    }

    private static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
