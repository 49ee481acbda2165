package dev.weft.registry.teamrecord;

import dev.weft.common.event.Outgoing;
import java.util.List;

/** A team after a change, and the facts about the change. */
public record ChangedTeam(Team team, List<Outgoing> facts) {}
