package dev.weft.registry.teamrecord;

import dev.weft.common.crypto.Secret;
import dev.weft.common.crypto.Vault;
import dev.weft.common.event.Outgoing;
import java.util.List;

/** Converts teams to and from their stored form, in which the registry's credentials are encrypted. */
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
                // Encrypted for this team's id: copied into another team's record they can not be decrypted.
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
