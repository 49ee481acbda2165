package dev.weft.common.deletion;

import java.util.Set;

/**
 * What can be deleted with all that services hold of it. A service that holds something of a place joins: it stands in
 * this list, hears the fact that begins the deletion, and has a {@link DeletionParticipant} for each feature that holds
 * some of it.
 */
public enum DeletionScope {
    /** A workspace; {@code workspace.deleting} begins it. */
    WORKSPACE(Set.of("workspace-service", "flow-service", "execution-service")),
    /** A contract, with its workspaces and teams; {@code contract.deleting} begins it. */
    CONTRACT(Set.of("workspace-service", "flow-service", "component-registry", "identity-service")),
    /** What a user was a member of; {@code user.deleted} begins it, and nobody waits for its end. */
    USER(Set.of()),
    /** What a member of a contract was in it; its end of {@code membership.changed} begins it, and nobody waits. */
    MEMBERSHIP(Set.of());

    @SuppressWarnings("ImmutableEnumChecker") // always made by Set.of
    private final Set<String> services;

    DeletionScope(Set<String> services) {
        this.services = services;
    }

    /** The names of those whose word the owner waits for. */
    public Set<String> services() {
        return services;
    }
}
