package dev.weft.registry.teamrecord;

import org.jspecify.annotations.Nullable;

/** What a client wants a team to be; null stays as it is. */
public record TeamChange(@Nullable String name, @Nullable DockerRegistryChange registry) {}
