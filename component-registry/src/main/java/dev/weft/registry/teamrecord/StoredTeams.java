package dev.weft.registry.teamrecord;

import dev.weft.common.crypto.Secret;
import dev.weft.common.crypto.Vault;
import dev.weft.common.event.Outgoing;
import java.util.List;

/** Teams as they are stored: how to log in at a registry is encrypted. */
record StoredTeams(Vault vault) {

    StoredTeam store(Team team, List<Outgoing> facts) {
        var registry = team.registry();
        var credentials = registry == null ? null : registry.credentials();
        return new StoredTeam(
                team.id(),
                team.tenantId(),
                team.contractId(),
                team.name(),
                registry == null ? null : registry.uri(),
                // Locked for this team: copied into the record of another they can not be unlocked.
                credentials == null ? null : vault.lock(credentials.reveal(), team.id()),
                team.members(),
                team.revision(),
                facts);
    }

    Team read(StoredTeam stored) {
        var uri = stored.registryUri();
        var credentials = stored.registryCredentials();
        return new Team(
                stored.id(),
                stored.tenant(),
                stored.contract(),
                stored.name(),
                uri == null
                        ? null
                        : new DockerRegistry(
                                uri, credentials == null ? null : new Secret(vault.unlock(credentials, stored.id()))),
                stored.members(),
                stored.revision());
    }
}
