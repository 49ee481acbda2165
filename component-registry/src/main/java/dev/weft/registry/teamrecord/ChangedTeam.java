package dev.weft.registry.teamrecord;

import dev.weft.common.event.Outgoing;
import java.util.List;

/** A team as it shall be, and what is to be told about it. */
public record ChangedTeam(Team team, List<Outgoing> facts) {}
