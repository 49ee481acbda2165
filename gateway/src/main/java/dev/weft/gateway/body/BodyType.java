package dev.weft.gateway.body;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.fileupload.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type as senders write it. Parameters are read leniently: boundaries that contain {@code =} without quotes
 * are common, and a trailing semicolon is no reason to refuse a call.
 *
 * @param name       in lower case, {@code text/csv}; empty when none is given
 * @param parameters by names in lower case
 */
record BodyType(String name, Map<String, String> parameters) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$&^_.+*'|~`%-]+/[a-z0-9!#$&^_.+*'|~`%-]+");

    /** How a body is read. */
    enum Kind {
        JSON,
        FORM,
        MULTIPART,
        XML,
        TEXT,
        BINARY
    }

    static BodyType of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new BodyType("", Map.of());
        }
        var end = header.indexOf(';');
        var name = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw unsupported("The Content-Type can not be understood.");
        }
        return new BodyType(name, end < 0 ? Map.of() : parameters(header.substring(end + 1)));
    }

    private static Map<String, String> parameters(String text) {
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(text, ';');
    }

    /** What has no type is taken for JSON, which is refused when it is none. */
    Kind kind() {
        return switch (name) {
            case "", "application/json", "text/json", "application/csp-report" -> Kind.JSON;
            case "application/x-www-form-urlencoded" -> Kind.FORM;
            case "multipart/form-data" -> Kind.MULTIPART;
            case "application/xml", "text/xml" -> Kind.XML;
            // A sequence of JSON values, one a line, is not one JSON value.
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" ->
                Kind.TEXT;
            default -> byFamily();
        };
    }

    private Kind byFamily() {
        if (name.endsWith("+json")) {
            return Kind.JSON;
        }
        if (name.endsWith("+xml")) {
            return Kind.XML;
        }
        return name.startsWith("text/") ? Kind.TEXT : Kind.BINARY;
    }

    /** The one that is named; 415 when it is not known. */
    Optional<Charset> charset() {
        return parameter("charset").map(BodyType::charset);
    }

    static Charset charset(String named) {
        // Some senders write charset='utf-8', which no grammar allows.
        var name = named.strip().replace("'", "");
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw unsupported("The charset " + name + " is not known.");
        }
    }

    Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).filter(value -> !value.isBlank());
    }

    RuntimeException refusal() {
        return unsupported("Bodies of type " + name + " are not taken.");
    }

    private static RuntimeException unsupported(String why) {
        return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, why).exception();
    }
}
