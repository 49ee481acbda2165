package dev.weft.bench.store;

/** What is known of a document: it must be there with {@code n} at least this, must be gone, or nothing. */
sealed interface WriteFate {
    record Unknown() implements WriteFate {}

    record There(long n) implements WriteFate {}

    record Gone() implements WriteFate {}
}
