package dev.weft.identity.serviceaccount;

/** An account for programs, which acts in every tenant; known by its login, in lower case. */
public record ServiceAccount(String id, String login) {}
