package dev.weft.registry.team;

import static dev.weft.common.access.Permission.CONTRACTS_DEV_TEAM_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.registry.teamrecord.ChangedTeam;
import dev.weft.registry.teamrecord.Team;
import dev.weft.registry.teamrecord.TeamProblem;
import dev.weft.registry.teamrecord.TeamRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of a team's members (api-v2 7.1). */
@Service
class TeamMemberService {

    private final TeamRepository teams;
    private final TeamService reads;
    private final TeamFacts facts;
    private final ContractMembers contracts;
    private final AccessClient access;

    TeamMemberService(
            TeamRepository teams, TeamService reads, TeamFacts facts, ContractMembers contracts, AccessClient access) {
        this.teams = teams;
        this.reads = reads;
        this.facts = facts;
        this.contracts = contracts;
        this.access = access;
    }

    /**
     * Adding a member twice changes nothing.
     *
     * @param user his id, read only once the caller may add him
     */
    Team addMember(Caller caller, String id, Supplier<String> user) {
        var contractId = reads.visible(caller, id).contractId();
        access.require(caller, CONTRACTS_DEV_TEAM_EDIT, new Scope.Contract(contractId));
        var userId = user.get();
        // Before and after: before, for who never was in the contract; after, for who left it while this was stored.
        if (!contracts.has(caller, contractId, userId)) {
            throw TeamProblem.notInContract().exception();
        }
        var team = teams.change(
                id,
                current -> current.has(userId)
                        ? Optional.empty()
                        : Optional.of(joined(current.adding(userId), caller, userId)));
        if (!contracts.has(caller, contractId, userId)) {
            // The user has left the contract meanwhile, and that fact may have been handled here before.
            teams.change(id, current -> without(current, caller, userId));
            throw TeamProblem.notInContract().exception();
        }
        return team;
    }

    /**
     * Possible in a suspended contract too: taking access away must be (api-v2 5.3).
     *
     * @param user his id, read only once the caller may remove him
     */
    void removeMember(Caller caller, String id, Supplier<String> user) {
        access.requireToRead(caller, CONTRACTS_DEV_TEAM_EDIT, TeamService.contractOf(reads.visible(caller, id)));
        var userId = user.get();
        teams.change(id, current -> {
            if (!current.has(userId)) {
                throw TeamProblem.noMember(userId).exception();
            }
            return without(current, caller, userId);
        });
    }

    private Optional<ChangedTeam> without(Team team, Caller caller, String userId) {
        if (!team.has(userId)) {
            return Optional.empty();
        }
        var left = team.without(userId);
        return Optional.of(new ChangedTeam(left, List.of(facts.left(left, caller.id(), userId))));
    }

    private ChangedTeam joined(Team team, Caller caller, String userId) {
        return new ChangedTeam(team, List.of(facts.joined(team, caller.id(), userId)));
    }
}
