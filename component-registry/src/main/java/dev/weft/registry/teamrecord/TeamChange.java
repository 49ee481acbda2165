package dev.weft.registry.teamrecord;

import org.jspecify.annotations.Nullable;

/** The change of a team that a request asks for; null leaves a member as it is. */
public record TeamChange(@Nullable String name, @Nullable DockerRegistryChange registry) {}
