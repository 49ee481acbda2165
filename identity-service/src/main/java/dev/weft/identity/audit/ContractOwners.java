package dev.weft.identity.audit;

import dev.weft.common.access.Caller;
import java.util.Optional;

/** Who owns contracts; workspace-service knows. */
interface ContractOwners {

    /** Whether the caller is an owner of the contract; empty when there is none such in the caller's tenant. */
    Optional<Boolean> isOwner(Caller caller, String contractId);

    /** Whether the caller is an owner of some contract. */
    boolean isOwnerOfAny(Caller caller);
}
