package dev.weft.identity.directory;

/** What the directory holds of a user beside the password. The user's name there is the e-mail, in lower case. */
public record DirectoryAccount(
        String userId, String email, String firstName, String lastName, String tenantId, String tenantCode) {}
