package dev.weft.registry.teamrecord;

import java.util.List;

/** A page of a list as far as its bytes are bounded, with the number of all that match. */
public record FoundTeams(List<Team> teams, boolean cut, long total) {}
