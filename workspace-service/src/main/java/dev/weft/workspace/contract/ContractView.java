package dev.weft.workspace.contract;

import dev.weft.workspace.contractrecord.Contract;

/** A contract as one caller may see it. */
record ContractView(Contract contract, boolean withCustomData) {}
