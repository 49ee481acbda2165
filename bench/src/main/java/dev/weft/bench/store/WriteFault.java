package dev.weft.bench.store;

/** What happens to a write at a store that is electing. */
public enum WriteFault {
    NONE,
    /** It is refused by "not primary". */
    NOT_PRIMARY,
    /** The connection ends before it is done. */
    DROPPED,
    /** It is done; the connection ends before the answer. */
    UNANSWERED,
    /** It is done by one member, and answered with an error of the write concern. */
    UNCONFIRMED
}
