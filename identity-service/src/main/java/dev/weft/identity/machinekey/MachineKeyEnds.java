package dev.weft.identity.machinekey;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.identity.tenantend.TenantLeftovers;
import org.springframework.stereotype.Service;

/** The machine keys of a deleted contract or tenant are revoked, and gone when that was told. */
@Service
final class MachineKeyEnds implements DeletionParticipant, TenantLeftovers {

    private final MachineKeyRepository keys;
    private final MachineKeyFacts facts;

    MachineKeyEnds(MachineKeyRepository keys, MachineKeyFacts facts) {
        this.keys = keys;
        this.facts = facts;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.CONTRACT;
    }

    @Override
    public Remainder clear(Deletion contract) {
        keys.revokeAllOf(
                contract.id(),
                accessKey -> facts.changed(accessKey, contract.tenantId(), contract.id(), contract.actorId()));
        keys.removeToldOf(contract.id());
        return keys.hasAnyOf(contract.id()) ? Remainder.SOMETHING : Remainder.NOTHING;
    }

    /** With those of its contracts, whose own deletion may come later. */
    @Override
    public void removeAllOf(String tenantId) {
        keys.revokeAllOfTenant(tenantId, accessKey -> facts.changed(accessKey, tenantId, null, null));
    }
}
