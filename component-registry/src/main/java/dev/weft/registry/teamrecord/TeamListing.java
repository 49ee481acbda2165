package dev.weft.registry.teamrecord;

/** The query of a list: a page of a contract's teams. */
public record TeamListing(String contractId, int skip, int size) {}
