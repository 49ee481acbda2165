package dev.weft.identity.serviceaccount;

/** A machine that acts in every tenant: known by its login, in lower case. */
public record ServiceAccount(String id, String login) {}
