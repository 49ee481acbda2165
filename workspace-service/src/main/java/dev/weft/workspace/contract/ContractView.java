package dev.weft.workspace.contract;

/** A contract as one caller may see it. */
record ContractView(Contract contract, boolean withCustomData) {}
