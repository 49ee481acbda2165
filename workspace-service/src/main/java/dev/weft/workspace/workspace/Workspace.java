package dev.weft.workspace.workspace;

import dev.weft.workspace.membership.Members;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where flows and credentials live, with the members who work on them (api-v2 6.1).
 *
 * @param deleting true from the moment its deletion was accepted: then it is visible nowhere
 * @param revision counts the changes; a change holds only on the revision it was decided on
 */
public record Workspace(
        String id,
        String tenantId,
        String contractId,
        String name,
        Type type,
        @Nullable Boolean flowStatsEnabledDefault,
        Members members,
        boolean deleting,
        long revision) {

    /** In a limited workspace flows stop by themselves some hours after their start (api-v2 6.2). */
    public enum Type {
        FULL,
        LIMITED;

        static final Set<String> WORDS = Set.of("full", "limited");

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Type of(String wire) {
            // ROOT: in a Turkish locale "limited" has a dotted capital I, which names nothing.
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** What a request wants a workspace to be; null where it says nothing. */
    record Change(
            @Nullable String name,
            @Nullable Type type,
            @Nullable Boolean flowStatsEnabledDefault) {}

    public static Workspace open(
            String id, String tenantId, String contractId, String name, Type type, Members members) {
        return new Workspace(id, tenantId, contractId, name, type, null, members, false, 0);
    }

    /** Applies a request: what it does not name stays. */
    Workspace with(Change change) {
        return new Workspace(
                id,
                tenantId,
                contractId,
                change.name() == null ? name : change.name(),
                change.type() == null ? type : change.type(),
                change.flowStatsEnabledDefault() == null ? flowStatsEnabledDefault : change.flowStatsEnabledDefault(),
                members,
                deleting,
                revision);
    }

    public Workspace with(Members others) {
        return new Workspace(id, tenantId, contractId, name, type, flowStatsEnabledDefault, others, deleting, revision);
    }

    public Workspace delete() {
        return new Workspace(id, tenantId, contractId, name, type, flowStatsEnabledDefault, members, true, revision);
    }

    Workspace next() {
        return new Workspace(
                id, tenantId, contractId, name, type, flowStatsEnabledDefault, members, deleting, revision + 1);
    }
}
