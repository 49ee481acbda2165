package dev.weft.bench.sickness;

/** What is under way when the writes fail. */
enum Deed {
    UPDATE,
    START,
    STOP
}
