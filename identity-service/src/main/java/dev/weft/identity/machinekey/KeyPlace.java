package dev.weft.identity.machinekey;

import org.jspecify.annotations.Nullable;

/**
 * Whose keys are meant: those of a contract, or those of a tenant that are bound to no contract.
 *
 * @param contractId null: those of the tenant
 */
record KeyPlace(String tenantId, @Nullable String contractId) {

    boolean holds(MachineKey key) {
        return key.tenantId().equals(tenantId)
                && (contractId == null ? key.contractId() == null : contractId.equals(key.contractId()));
    }
}
