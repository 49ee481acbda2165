package dev.weft.workspace.credential;

import java.util.List;

/**
 * Which credentials a list shows: some of those of a workspace.
 *
 * @param componentIds of any of these components; empty for all
 */
record CredentialListing(String workspaceId, List<String> componentIds, int skip, int size) {}
