package dev.weft.registry.teamrecord;

import dev.weft.common.crypto.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where a team keeps the images of its components.
 *
 * @param credentials the JSON object with which to log in there, as the client wrote it; null for a public registry.
 *     The API never shows it
 */
public record DockerRegistry(String uri, @Nullable Secret credentials) {}
