package dev.weft.identity.account;

import dev.weft.common.id.Ids;
import dev.weft.identity.tenantrecord.Tenant;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has set for its end users (api-v2 12a, api-meshydb 2). Every tenant has an account from the start; it is
 * stored with its first change.
 *
 * @param name         in lower case, the first segment of the account's paths; null: not set yet, then it is the tenant's
 *                     code
 * @param anonymous    whether anybody may register without a password
 * @param open         whether anybody may register
 * @param verification how who registers proves to be it
 * @param revision     of the stored account; 0: not stored
 */
record MeshAccount(
        String tenantId,
        @Nullable String name,
        boolean anonymous,
        boolean open,
        String verification,
        List<MeshClient> clients,
        long revision) {

    static final Set<String> VERIFICATIONS = Set.of("none", "email", "text", "question");

    /** They stand in one record. */
    static final int MOST_CLIENTS = 1_000;

    private static final int PUBLIC_KEY = 32;

    /** The result of a change. */
    sealed interface Changed {
        /** As it is now. */
        record To(MeshAccount account) implements Changed {}

        /** It has another name, which stays. */
        record NamedAlready(String name) implements Changed {}
    }

    /** That of a tenant that never changed it. */
    static MeshAccount ofNew(Tenant tenant) {
        return new MeshAccount(tenant.id(), null, true, true, "none", List.of(defaultOf(tenant)), 0);
    }

    /** A public key is no secret: made of the tenant's id, it is the same for all who ask before anything is stored. */
    private static MeshClient defaultOf(Tenant tenant) {
        var key = Ids.sha256("mesh-client/default/" + tenant.id()).substring(0, PUBLIC_KEY);
        return new MeshClient(key, "default", tenant.createdAt());
    }

    Changed with(MeshAccountChange change) {
        var named = change.name().orElse(null);
        if (named != null && name != null && !name.equals(named)) {
            return new Changed.NamedAlready(name);
        }
        return new Changed.To(new MeshAccount(
                tenantId,
                named == null ? name : named,
                change.anonymous().orElse(anonymous),
                change.open().orElse(open),
                change.verification().orElse(verification),
                clients,
                revision));
    }

    boolean isFull() {
        return clients.size() >= MOST_CLIENTS;
    }

    Optional<MeshClient> client(String publicKey) {
        return clients.stream().filter(one -> one.publicKey().equals(publicKey)).findFirst();
    }

    MeshAccount withClient(String publicKey, String called, Instant now) {
        return withClients(Stream.concat(clients.stream(), Stream.of(new MeshClient(publicKey, called, now))));
    }

    MeshAccount withoutClient(String publicKey) {
        return withClients(clients.stream().filter(one -> !one.publicKey().equals(publicKey)));
    }

    private MeshAccount withClients(Stream<MeshClient> others) {
        var sorted = others.sorted(Comparator.comparing(MeshClient::publicKey)).toList();
        return new MeshAccount(tenantId, name, anonymous, open, verification, sorted, revision);
    }
}
