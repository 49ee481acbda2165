package dev.weft.common.deletion;

/** What is left in a service of something that is being deleted, from the most to the least. */
public enum Remainder {
    /** Something: it is looked at again soon. */
    SOMETHING,
    /** Nothing that anybody could meet, but more may come of what was in work: it is looked at again for a while. */
    TRACES,
    /** Nothing. */
    NOTHING;

    public Remainder and(Remainder other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
