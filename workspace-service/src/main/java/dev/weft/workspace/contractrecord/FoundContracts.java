package dev.weft.workspace.contractrecord;

import java.util.List;

/** A page, with the number of all that match. */
public record FoundContracts(List<Contract> contracts, boolean cut, long total) {}
