package dev.weft.common.access;

import java.util.Optional;

/** The source of grants: workspace-service reads its own store, all other services ask it by {@link RemoteGrants}. */
public interface GrantsSource {
    Optional<Grants> grants(Caller caller, Scope scope);
}
