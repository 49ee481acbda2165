package dev.weft.execution.wire;

import dev.weft.common.flowmessage.SentText;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the flow's answer to its webhook's caller from a step's values, or fails when they can not be sent as they are.
 */
public final class FlowAnswer {

    private FlowAnswer() {}

    /**
     * @param failure the name of a failure
     * @param status  a number or its digits
     * @throws StepFailure saying what can not be sent
     */
    public static Outcome.Reply of(
            String failure, @Nullable Object status, @Nullable Object headers, @Nullable Object body) {
        var values = HeaderValues.read(failure, headers);
        requireWritable(failure, contentType(failure, values), body);
        return new Outcome.Reply(status(failure, status), values, body);
    }

    private static @Nullable String contentType(String failure, Map<String, List<String>> headers) {
        var types = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .flatMap(header -> header.getValue().stream())
                .toList();
        if (types.size() > 1) {
            // Only one Content-Type can be sent; the others would be dropped silently.
            throw new StepFailure(failure, "The header Content-Type can not be sent: it has several values.");
        }
        return types.isEmpty() ? null : types.getFirst();
    }

    /** What is written is written at the gateway; that it can be is known here, where the step can fail. */
    private static void requireWritable(String failure, @Nullable String contentType, @Nullable Object body) {
        try {
            SentText.encode(body instanceof String text ? text : "", contentType);
        } catch (IllegalArgumentException e) {
            // The message names the charset, which comes from a header.
            throw StepFailure.of(failure, "The body of the reply can not be sent: " + e.getMessage() + ".", true);
        }
    }

    private static int status(String failure, @Nullable Object value) {
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 200
                && number.intValue() <= 599) {
            return number.intValue();
        }
        if (value instanceof String text && text.matches("[2-5]\\d\\d")) {
            return Integer.parseInt(text);
        }
        throw new StepFailure(failure, "The status of a reply must be a whole number from 200 to 599.");
    }
}
