package dev.weft.workspace.workspacerecord;

import dev.weft.workspace.membership.Member;

/**
 * A user as a member of one workspace.
 *
 * @param shared whether the other user is a member too
 */
public record SharedMembership(String tenantId, Member member, boolean shared) {}
