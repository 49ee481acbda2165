package dev.weft.registry.team;

import dev.weft.common.jsonapi.Resource;
import dev.weft.common.jsonapi.Resource.Linkage;
import dev.weft.common.jsonapi.Resource.Relationship;
import dev.weft.registry.teamrecord.Team;
import java.util.List;
import java.util.Map;

/** Teams in JSON:API (api-v2 7.1); the credentials of a team's Docker registry are never shown. */
final class TeamResource {

    private TeamResource() {}

    static Resource of(Team team) {
        var registry = team.registry();
        var users = team.members().stream()
                .sorted()
                .map(user -> new Linkage(user, "user"))
                .toList();
        return Resource.of("team", team.id(), "/v2/teams/" + team.id())
                .attribute("name", team.name())
                .optional("docker_registry", registry == null ? null : Map.of("uri", registry.uri()))
                .toOne("contract", "contract", team.contractId(), "/v2/contracts")
                .relationship("users", new Relationship(users, null))
                // So far all components are built-in, and belong to no contract's team.
                .relationship("components", new Relationship(List.of(), null));
    }
}
