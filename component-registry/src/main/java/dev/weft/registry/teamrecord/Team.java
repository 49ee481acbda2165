package dev.weft.registry.teamrecord;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A group of developers of a contract (api-v2 7.1). Its name is the first part of the commands that name its
 * components.
 *
 * @param registry the Docker registry of its components' images; null for none
 * @param members  ids of users, the longest-standing first; all of them members of the contract
 * @param revision counts the changes, from 1; a changed team replaces the revision before it
 */
public record Team(
        String id,
        String tenantId,
        String contractId,
        String name,
        @Nullable DockerRegistry registry,
        List<String> members,
        long revision) {

    public static Team open(
            String id,
            String tenantId,
            String contractId,
            String name,
            @Nullable DockerRegistryChange registry,
            String founderId) {
        return new Team(
                id,
                tenantId,
                contractId,
                name,
                registry == null ? null : registry.applyTo(null),
                List.of(founderId),
                1);
    }

    public boolean has(String userId) {
        return members.contains(userId);
    }

    public Team adding(String userId) {
        return with(Stream.concat(members.stream(), Stream.of(userId)).toList());
    }

    public Team without(String userId) {
        return with(othersThan(userId));
    }

    /** What is left when a member leaves the contract; the heir takes the place of the only one, so that none is orphaned. */
    public Team afterLossOf(String userId, Optional<String> heirId) {
        var left = othersThan(userId);
        return with(left.isEmpty() ? heirId.stream().toList() : left);
    }

    private List<String> othersThan(String userId) {
        return members.stream().filter(member -> !member.equals(userId)).toList();
    }

    private Team with(List<String> others) {
        return new Team(id, tenantId, contractId, name, registry, others, revision + 1);
    }

    /** Applies a request: what it does not name stays. */
    public Team with(TeamChange change) {
        return new Team(
                id,
                tenantId,
                contractId,
                Objects.requireNonNullElse(change.name(), name),
                change.registry() == null ? registry : change.registry().applyTo(registry),
                members,
                revision + 1);
    }
}
