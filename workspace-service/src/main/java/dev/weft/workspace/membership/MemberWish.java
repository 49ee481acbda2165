package dev.weft.workspace.membership;

import java.util.List;

/** Who is to become a member, and with which roles. */
public record MemberWish(String userId, List<String> roles) {}
