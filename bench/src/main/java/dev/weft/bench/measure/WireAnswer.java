package dev.weft.bench.measure;

/** Status and body of an answer. */
public record WireAnswer(int status, byte[] body) {}
