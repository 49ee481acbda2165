package dev.weft.execution.sandbox;

/** For whose work a worker process is started. */
enum WorkerUse {
    /** Of all tenants at once. */
    SHARED,
    /** One request after the other, of those that a dead worker held. */
    SUSPECTS,
    /** Of a tenant that has ended workers: nobody else is to be slower because of it. */
    OFFENDER
}
