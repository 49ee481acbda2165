package dev.weft.common.access;

import java.util.Optional;

/** Where grants come from: workspace-service itself reads its store, all others ask it through {@link RemoteGrants}. */
public interface GrantsSource {
    Optional<Grants> grants(Caller caller, Scope scope);
}
