package dev.weft.gateway.edge;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks that bytes are one JSON value in UTF-8, in one pass that builds nothing. It may have at most 200 levels and
 * numbers of at most 1,000 digits and exponents up to 400, which is more than a double has. A body that passes makes no
 * parser behind the gateway fail, and no number in it is slow to compute with.
 */
public final class JsonBody {

    private static final int LARGEST_POWER = 400;
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private final JsonToken first;
    private final int values;

    private JsonBody(JsonToken first, int values) {
        this.first = first;
        this.values = values;
    }

    /** The first token of the value. */
    public JsonToken first() {
        return first;
    }

    /** How many objects, arrays, texts, numbers and literals are in it; a service makes an object of each. */
    int values() {
        return values;
    }

    /** Refuses what is no JSON. */
    public static JsonBody require(byte[] body) {
        if (!Utf8.isValid(body) || isWide(body)) {
            throw refusal("it is not UTF-8 text");
        }
        try (var parser = PARSERS.createParser(ObjectReadContext.empty(), body)) {
            var first = parser.nextToken();
            if (first == null) {
                throw refusal("there is nothing in it");
            }
            var depth = 0;
            var values = 0;
            for (var token = first; token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += token.isStructStart() || token.isScalarValue() ? 1 : 0;
                if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
                    // The parser checks the form of a number only when it is asked for it.
                    parser.getNumberType();
                    requireModest(parser);
                }
                // The check for trailing content comes after the loop.
                if (depth == 0) {
                    break;
                }
            }
            if (parser.nextToken() != null) {
                throw refusal("something follows the value");
            }
            return new JsonBody(first, values);
        } catch (JacksonException e) {
            throw refusal(e.getOriginalMessage());
        }
    }

    /** Its digits are few, but written out {@code 1e100000000} fills a disk. */
    private static void requireModest(JsonParser parser) {
        var number = parser.getString();
        var e = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (e >= 0 && power(number, e + 1) > LARGEST_POWER) {
            throw refusal("a number in it is out of range");
        }
    }

    private static int power(String number, int from) {
        var power = 0;
        for (var i = from; i < number.length() && power <= LARGEST_POWER; i++) {
            var digit = Character.digit(number.charAt(i), 10);
            power = digit < 0 ? power : power * 10 + digit;
        }
        return power;
    }

    /** UTF-16 and UTF-32, which parsers guess from zeros at the beginning. */
    private static boolean isWide(byte[] body) {
        for (var i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException refusal(@Nullable String why) {
        return Problem.of(ProblemCode.INVALID_JSON, "The body is not valid JSON: " + why)
                .exception();
    }
}
