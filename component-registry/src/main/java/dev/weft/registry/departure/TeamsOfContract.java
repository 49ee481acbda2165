package dev.weft.registry.departure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.registry.teamrecord.TeamRepository;
import org.springframework.stereotype.Service;

/** The teams of a contract that is deleted go with it (api-v2 5.4). */
@Service
final class TeamsOfContract implements DeletionParticipant {

    private final TeamRepository teams;

    TeamsOfContract(TeamRepository teams) {
        this.teams = teams;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion contract) {
        teams.removeAllOf(contract.id());
        return Remainder.NOTHING;
    }
}
