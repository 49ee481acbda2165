package dev.weft.common.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as a value: a code of the contract's table, a sentence for a person, and where the fault lies.
 *
 * @param pointer   JSON pointer into the request body ({@code /data/attributes/name}), when one member is to blame
 * @param parameter name of the query or path parameter to blame
 * @param meta      what a client may act on, such as {@code {"flow_ids":[..]}}
 */
public record Problem(
        ProblemCode code,
        String detail,
        @Nullable String pointer,
        @Nullable String parameter,
        Map<String, Object> meta) {

    /** So many faults of one body are told at once: an answer that tells all of a hostile body outgrows the memory. */
    public static final int MOST = 100;

    /** Sentences and pointers often quote what was sent, which may have any length. */
    private static final int LONGEST = 1_000;

    private static final int REPLACEMENT = 0xFFFD;

    public Problem {
        detail = shown(detail);
        pointer = pointer == null ? null : shown(pointer);
        parameter = parameter == null ? null : shown(parameter);
    }

    /** Half of a surrogate pair can not be written: an answer that quotes it would be a failure in place of a refusal. */
    private static String shown(String quoting) {
        var text = cut(quoting, LONGEST);
        if (text.codePoints().noneMatch(Problem::isHalfPair)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isHalfPair(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHalfPair(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    /** The text, or as much of its beginning as fits with a sign that there was more; never half of a surrogate pair. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, null, null, Map.of());
    }

    /** A member of the request body has a wrong value. */
    public static Problem invalid(String pointer, String detail) {
        return new Problem(ProblemCode.VALIDATION_FAILED, detail, pointer, null, Map.of());
    }

    public static Problem parameter(String name, String detail) {
        return new Problem(ProblemCode.INVALID_PARAMETER, detail, null, name, Map.of());
    }

    public static Problem notFound(String what, String id) {
        return of(ProblemCode.NOT_FOUND, "There is no " + what + " " + id + ".");
    }

    public static Problem forbidden(String permission) {
        return of(ProblemCode.FORBIDDEN, "The permission " + permission + " is missing here.")
                .with("required_permission", permission);
    }

    public Problem at(String where) {
        return new Problem(code, detail, where, parameter, meta);
    }

    public Problem with(String key, Object value) {
        var more = new java.util.LinkedHashMap<>(meta);
        more.put(key, value);
        return new Problem(code, detail, pointer, parameter, more);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}
