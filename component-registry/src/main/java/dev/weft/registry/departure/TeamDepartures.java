package dev.weft.registry.departure;

import dev.weft.common.event.Outgoing;
import dev.weft.common.token.ServiceTokens;
import dev.weft.registry.team.ContractMembers;
import dev.weft.registry.team.TeamFacts;
import dev.weft.registry.teamrecord.ChangedTeam;
import dev.weft.registry.teamrecord.Team;
import dev.weft.registry.teamrecord.TeamRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** A user who leaves a contract also leaves its teams (api-v2 5.5). */
@Service
public class TeamDepartures {

    private final TeamRepository teams;
    private final TeamFacts facts;
    private final ContractMembers contracts;
    private final ServiceTokens tokens;

    TeamDepartures(TeamRepository teams, TeamFacts facts, ContractMembers contracts, ServiceTokens tokens) {
        this.teams = teams;
        this.facts = facts;
        this.contracts = contracts;
        this.tokens = tokens;
    }

    /**
     * Ends the user's memberships of the contract's teams. It may be called twice, or long after the user has left: it looks
     * whether the user is a member of the contract again, and does nothing then.
     *
     * @param heirId who takes over teams that nobody else is in, as long as that is a member of the contract
     */
    public void leave(String contractId, String userId, String actorId, Optional<String> heirId) {
        // Asked again, since the fact may be old: a user who has come back stays in the teams.
        if (contracts.has(tokens.caller(), contractId, userId)) {
            return;
        }
        for (var id : teams.ofMember(contractId, userId)) {
            teams.changeIfThere(
                    id,
                    current -> current.has(userId)
                            ? Optional.of(without(current, userId, actorId, heirId))
                            : Optional.empty());
        }
        // The heir may have left the contract meanwhile, and that fact may have been handled here before.
        heirId.ifPresent(heir -> leave(contractId, heir, actorId, Optional.empty()));
    }

    private ChangedTeam without(Team team, String userId, String actorId, Optional<String> heirId) {
        var left = team.afterLossOf(userId, heirId);
        var told = new ArrayList<Outgoing>(List.of(facts.left(left, actorId, userId)));
        // The heir is announced only if this made it a member; it may have been one before.
        heirId.filter(left::has)
                .filter(heir -> !team.has(heir))
                .ifPresent(heir -> told.add(facts.joined(left, actorId, heir)));
        return new ChangedTeam(left, List.copyOf(told));
    }
}
