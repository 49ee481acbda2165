package dev.weft.workspace.credentialrecord;

import java.util.List;

/**
 * Which credentials a list shows: some of those of a workspace.
 *
 * @param componentIds of any of these components; empty for all
 */
public record CredentialListing(String workspaceId, List<String> componentIds, int skip, int size) {}
