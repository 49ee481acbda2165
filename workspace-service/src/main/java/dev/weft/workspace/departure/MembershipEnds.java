package dev.weft.workspace.departure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.workspace.membership.MembershipEnd;
import dev.weft.workspace.workspace.ContractDepartures;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * Who has left a contract leaves its workspaces. It is looked at for a while: a request that was permitted before may make
 * the user a member of one of them, and its process die before it has looked whether the user is still in the contract.
 */
@Service
final class MembershipEnds implements DeletionParticipant {

    private static final String AND = ":";

    private final ContractDepartures departures;

    MembershipEnds(ContractDepartures departures) {
        this.departures = departures;
    }

    /** Both ids are of 24 characters. */
    static String id(MembershipEnd end) {
        return end.scopeId() + AND + end.userId();
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.MEMBERSHIP;
    }

    @Override
    public Remainder clear(Deletion membership) {
        var id = membership.id();
        var and = id.indexOf(AND);
        departures.apply(
                id.substring(0, and),
                id.substring(and + AND.length()),
                Objects.requireNonNullElse(membership.actorId(), ""));
        return Remainder.NOTHING;
    }
}
