package dev.weft.execution.execution;

import java.util.concurrent.CompletableFuture;

/** Keeps what happened: the future ends when the record is durable; it is retried for as long as the store is away. */
public interface Recorder {
    CompletableFuture<Void> record(DeliveryRecord delivery);
}
