package dev.weft.registry.team;

/** Which teams a list shows: some of those of a contract. */
record TeamListing(String contractId, int skip, int size) {}
