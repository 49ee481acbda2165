package dev.weft.identity.userrecord;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who may log in.
 *
 * @param email     in lower case; unique in the installation
 * @param lastLogin null before the first
 */
public record User(
        String id,
        String tenantId,
        String email,
        String firstName,
        String lastName,
        @Nullable String company,
        Instant registered,
        @Nullable Instant lastLogin) {}
