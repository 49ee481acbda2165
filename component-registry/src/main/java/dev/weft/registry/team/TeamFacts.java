package dev.weft.registry.team;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.registry.teamrecord.Team;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Makes the facts about members of teams: {@code membership.changed} with payload {@code
 * {"scope":"team","user_id","roles":["member"]|[]}}; without roles the membership has ended.
 */
@Service
public final class TeamFacts {

    private final Outbox outbox;

    TeamFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    public Outgoing joined(Team team, String actorId, String userId) {
        return changed(team, actorId, userId, List.of("member"));
    }

    public Outgoing left(Team team, String actorId, String userId) {
        return changed(team, actorId, userId, List.of());
    }

    private Outgoing changed(Team team, String actorId, String userId, List<String> roles) {
        return outbox.event(
                Fact.MEMBERSHIP_CHANGED,
                team.revision(),
                new Outbox.Place(team.tenantId(), team.contractId(), null),
                team.id(),
                actorId,
                Map.of("scope", "team", "user_id", userId, "roles", roles));
    }
}
