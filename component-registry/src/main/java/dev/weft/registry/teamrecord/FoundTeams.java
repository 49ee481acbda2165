package dev.weft.registry.teamrecord;

import java.util.List;

/** A page of a list, whether it ends early because of its bytes ({@code cut}), and the number of all that match. */
public record FoundTeams(List<Team> teams, boolean cut, long total) {}
