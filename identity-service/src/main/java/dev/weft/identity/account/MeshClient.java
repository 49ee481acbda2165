package dev.weft.identity.account;

import java.time.Instant;

/** An application of the tenant's, which names itself by its public key (32 hex) where end users log in. */
record MeshClient(String publicKey, String name, Instant createdAt) {}
