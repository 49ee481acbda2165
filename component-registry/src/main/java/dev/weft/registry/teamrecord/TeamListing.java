package dev.weft.registry.teamrecord;

/** Which teams a list shows: some of those of a contract. */
public record TeamListing(String contractId, int skip, int size) {}
