package dev.weft.registry.teamrecord;

import dev.weft.common.event.Outgoing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores teams. No two teams of a tenant have the same name. */
public interface TeamRepository {

    int ATTEMPTS = 30;

    Optional<Team> find(String id);

    /**
     * Teams of the contract to look at, by ascending id: how to log in at their registries is not read.
     *
     * @param memberId only those that the user is in; null for all
     */
    FoundTeams list(TeamListing listing, @Nullable String memberId);

    /** Ids of the contract's teams that the user is in. */
    List<String> ofMember(String contractId, String userId);

    /** False when the name is taken. */
    boolean insert(Team team, List<Outgoing> facts);

    /** Saves over the revision before; facts are out on return. */
    TeamSaving save(Team team, List<Outgoing> facts);

    void remove(String id);

    void removeAllOf(String contractId);

    /** Decides on the team as it is and saves; decides again when someone was faster. Empty: it stays as it is. */
    default Team change(String id, Function<Team, Optional<ChangedTeam>> decision) {
        return changeIfThere(id, decision)
                .orElseThrow(() -> TeamProblem.unknown(id).exception());
    }

    /** As {@link #change}; empty when the team is gone. */
    default Optional<Team> changeIfThere(String id, Function<Team, Optional<ChangedTeam>> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var team = find(id);
            var decided = team.flatMap(decision);
            if (decided.isEmpty()) {
                return team;
            }
            var changed = decided.get().team();
            switch (save(changed, decided.get().facts())) {
                case DONE -> {
                    return Optional.of(changed);
                }
                case OUTPACED -> {}
                case NAME_TAKEN -> throw TeamProblem.nameTaken(changed.name()).exception();
            }
        }
        throw TeamProblem.changedByMany().exception();
    }
}
