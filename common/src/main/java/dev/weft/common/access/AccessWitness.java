package dev.weft.common.access;

/** Learns in which scopes callers were found to have some standing: a request's entry in the audit trail names them. */
@FunctionalInterface
public interface AccessWitness {
    void saw(Scope scope, Grants grants);
}
