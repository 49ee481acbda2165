package dev.weft.identity.machinekey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a request says of a new key. */
record SentMachineKey(String name, String role, @Nullable Instant expiresAt) {}
