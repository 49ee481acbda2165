package dev.weft.bench;

import java.io.IOException;

/** A use of the API that may fail for a while. */
interface ReplicaUse<T> {
    T apply() throws IOException, InterruptedException;
}
