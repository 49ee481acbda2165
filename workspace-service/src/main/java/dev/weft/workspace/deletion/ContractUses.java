package dev.weft.workspace.deletion;

import dev.weft.common.access.Caller;
import java.util.List;

/** Where what a contract owns is used by others; component-registry and flow-service know it together. */
interface ContractUses {

    /** Some of the flows of other contracts that use a component of this one; refused while nobody can tell. */
    List<String> flowsOfOthers(Caller caller, String contractId);
}
