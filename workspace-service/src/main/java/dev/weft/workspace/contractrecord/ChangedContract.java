package dev.weft.workspace.contractrecord;

import dev.weft.common.event.Outgoing;
import java.util.List;

/** A contract as it shall be, and what is to be told about it. */
public record ChangedContract(Contract contract, List<Outgoing> facts) {}
