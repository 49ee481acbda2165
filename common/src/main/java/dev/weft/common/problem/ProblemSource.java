package dev.weft.common.problem;

/**
 * What of a request is to blame, in words that every dialect of the API has; where that stands in a document, or what its
 * place is called, the dialect knows.
 *
 * @param name of a value ({@code name}) or a part of it ({@code keys/host}, each of its parts as {@link #part} writes
 *             it), of a reference ({@code workspace}), of a parameter; empty for all values together, and for the id
 */
public record ProblemSource(Kind kind, String name) {

    /** The kinds of what can be to blame. */
    public enum Kind {
        /** A value of the resource. */
        VALUE,
        /** The id of another resource, by what that is to this one. */
        REFERENCE,
        /** The id of the resource itself. */
        ID,
        /** A query or path parameter. */
        PARAMETER,
        /** A place that only the dialect has: a JSON pointer. Nobody but the dialect makes one. */
        PLACE
    }

    /** It may quote what was sent; what a dialect puts before it stays short with it. */
    private static final int LONGEST = 900;

    /** Of one part of a name: who looks for the fault knows it by its beginning. */
    private static final int LONGEST_PART = 100;

    public ProblemSource {
        name = Problem.shown(Problem.cut(name, LONGEST));
    }

    /**
     * A name that the client chose, as one part of the name of a value, a long one cut: a slash in it divides nothing. It
     * is written as in a JSON pointer (RFC 6901).
     */
    public static String part(String chosen) {
        return Problem.cut(chosen, LONGEST_PART).replace("~", "~0").replace("/", "~1");
    }
}
