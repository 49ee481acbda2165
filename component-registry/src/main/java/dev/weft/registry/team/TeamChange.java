package dev.weft.registry.team;

import dev.weft.registry.imageregistry.RegistryChange;
import org.jspecify.annotations.Nullable;

/** What a client wants a team to be; null stays as it is. */
record TeamChange(@Nullable String name, @Nullable RegistryChange registry) {}
