package dev.weft.registry.team;

import static dev.weft.common.access.Permission.CONTRACTS_DEV_TEAMS_GET;
import static dev.weft.common.access.Permission.CONTRACTS_DEV_TEAM_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.registry.catalogue.BuiltInComponent;
import dev.weft.registry.teamrecord.ChangedTeam;
import dev.weft.registry.teamrecord.FoundTeams;
import dev.weft.registry.teamrecord.Team;
import dev.weft.registry.teamrecord.TeamChange;
import dev.weft.registry.teamrecord.TeamListing;
import dev.weft.registry.teamrecord.TeamProblem;
import dev.weft.registry.teamrecord.TeamRepository;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of teams (api-v2 7.1). */
@Service
class TeamService {

    private static final int ATTEMPTS = 10;

    private final TeamRepository teams;
    private final TeamFacts facts;
    private final ContractMembers contracts;
    private final AccessClient access;
    private final Ids ids;

    TeamService(TeamRepository teams, TeamFacts facts, ContractMembers contracts, AccessClient access, Ids ids) {
        this.teams = teams;
        this.facts = facts;
        this.contracts = contracts;
        this.access = access;
        this.ids = ids;
    }

    /**
     * The caller becomes a member.
     *
     * @param document read only once the caller may make teams in the contract
     */
    Team create(Caller caller, String contractId, Supplier<TeamChange> document) {
        var scope = new Scope.Contract(contractId);
        if (access.find(caller, scope).isEmpty()) {
            throw TeamProblem.unknownContract(contractId).exception();
        }
        var tenantId = access.require(caller, CONTRACTS_DEV_TEAM_EDIT, scope).tenantId();
        var wish = document.get();
        var team = insert(caller, tenantId, contractId, wish);
        if (!contracts.has(caller, contractId, caller.id())) {
            // The caller has left the contract, or the contract was deleted, meanwhile: the clean-up for that has been
            // done already and would miss this team.
            teams.remove(team.id());
            throw TeamProblem.unknownContract(contractId).exception();
        }
        return team;
    }

    private Team insert(Caller caller, String tenantId, String contractId, TeamChange wish) {
        var named = wish.name();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var name = named == null ? "team-" + HexFormat.of().formatHex(ids.randomBytes(3)) : named;
            requireUnreserved(name);
            var team = Team.open(ids.next(), tenantId, contractId, name, wish.registry(), caller.id());
            if (teams.insert(team, List.of(facts.joined(team, caller.id(), caller.id())))) {
                return team;
            }
            // A generated name is generated again; three random bytes collide now and then.
            if (named != null) {
                throw TeamProblem.nameTaken(named).exception();
            }
        }
        throw TeamProblem.changedByMany().exception();
    }

    /** The name of the built-in components' team, which commands of every tenant can use. */
    private static void requireUnreserved(String name) {
        if (name.equals(BuiltInComponent.TEAM)) {
            throw TeamProblem.nameTaken(name).exception();
        }
    }

    Team get(Caller caller, String id) {
        var team = visible(caller, id);
        access.requireMemberOr(caller, contractOf(team), CONTRACTS_DEV_TEAMS_GET);
        return team;
    }

    /** All of the contract for who may see them; those that the caller is in for its other members. */
    FoundTeams list(Caller caller, TeamListing listing) {
        var grants = access.requireMemberOr(caller, new Scope.Contract(listing.contractId()), CONTRACTS_DEV_TEAMS_GET);
        return teams.list(listing, grants.has(CONTRACTS_DEV_TEAMS_GET) ? null : caller.id());
    }

    /** Whether a team of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return teams.find(id).filter(team -> caller.sees(team.tenantId())).isPresent();
    }

    /** @param document read only once the caller may change the team */
    Team change(Caller caller, String id, Supplier<TeamChange> document) {
        access.require(caller, CONTRACTS_DEV_TEAM_EDIT, contractOf(visible(caller, id)));
        var wish = document.get();
        if (wish.name() != null) {
            requireUnreserved(wish.name());
        }
        return teams.change(id, team -> Optional.of(new ChangedTeam(team.with(wish), List.of())));
    }

    void delete(Caller caller, String id) {
        access.require(caller, CONTRACTS_DEV_TEAM_EDIT, contractOf(visible(caller, id)));
        teams.remove(id);
    }

    /** The team, for whoever may see its contract. */
    Team visible(Caller caller, String id) {
        return teams.find(id)
                .filter(team -> caller.sees(team.tenantId()))
                .filter(team -> access.find(caller, contractOf(team)).isPresent())
                .orElseThrow(() -> TeamProblem.unknown(id).exception());
    }

    static Scope contractOf(Team team) {
        return new Scope.Contract(team.contractId());
    }
}
