package dev.weft.execution.lifecycle;

/** The end of a process: nothing handles it. */
final class Died extends Error {
    private static final long serialVersionUID = 1L;
}
