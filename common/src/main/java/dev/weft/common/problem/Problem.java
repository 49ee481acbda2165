package dev.weft.common.problem;

import dev.weft.common.problem.ProblemSource.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as a value: a code of the contract's table, a sentence for a person, and the place of the fault.
 *
 * @param source what of the request is to blame, when one thing is
 * @param meta   what a client may act on, such as {@code {"flow_ids":[..]}}
 */
public record Problem(
        ProblemCode code, String detail, @Nullable ProblemSource source, Map<String, Object> meta) {

    /** So many faults of one body are told at once: an answer that tells all of a hostile body outgrows the memory. */
    public static final int MOST = 100;

    /** Sentences and names often quote what was sent, which may have any length. */
    private static final int LONGEST = 1_000;

    private static final int REPLACEMENT = 0xFFFD;

    public Problem {
        detail = shown(detail);
    }

    /** Half of a surrogate pair can not be written: an answer that quotes it would be a failure in place of a refusal. */
    static String shown(String quoting) {
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
        return new Problem(code, detail, null, Map.of());
    }

    /** @param value the name of the value that is wrong, or a part of it: {@code keys/host} */
    public static Problem invalid(String value, String detail) {
        return of(ProblemCode.VALIDATION_FAILED, detail).at(value);
    }

    public static Problem parameter(String name, String detail) {
        return of(ProblemCode.INVALID_PARAMETER, detail).at(Kind.PARAMETER, name);
    }

    public static Problem notFound(String what, String id) {
        return of(ProblemCode.NOT_FOUND, "There is no " + what + " " + id + ".");
    }

    public static Problem forbidden(String permission) {
        return of(ProblemCode.FORBIDDEN, "The permission " + permission + " is missing here.")
                .with("required_permission", permission);
    }

    /** With that value to blame. */
    public Problem at(String value) {
        return at(Kind.VALUE, value);
    }

    /** With the reference to another resource to blame, named by what that is to this one: {@code workspace}. */
    public Problem atReference(String name) {
        return at(Kind.REFERENCE, name);
    }

    /** With the id of the resource to blame. */
    public Problem atId() {
        return at(Kind.ID, "");
    }

    public Problem at(Kind kind, String name) {
        return new Problem(code, detail, new ProblemSource(kind, name), meta);
    }

    public Problem with(String key, Object value) {
        var more = new java.util.LinkedHashMap<>(meta);
        more.put(key, value);
        return new Problem(code, detail, source, more);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}
