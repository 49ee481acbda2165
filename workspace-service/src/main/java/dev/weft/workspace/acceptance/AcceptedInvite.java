package dev.weft.workspace.acceptance;

import dev.weft.workspace.membership.MemberView;

/**
 * The member that an invite has made.
 *
 * @param inWorkspace whether that is the membership of a workspace, and else of a contract
 */
record AcceptedInvite(MemberView member, boolean inWorkspace) {}
