package dev.weft.identity.directory;

/** A user's data in the directory, except the password. The user name there is the e-mail, in lower case. */
public record DirectoryAccount(
        String userId, String email, String firstName, String lastName, String tenantId, String tenantCode) {}
