package dev.weft.workspace.permission;

import java.util.List;

/**
 * What a contract says about one user.
 *
 * @param status {@code active}, {@code suspending} or {@code suspended}
 * @param member false when the user is in no membership of it; then {@code roles} is empty
 */
public record ContractStanding(String contractId, String tenantId, String status, boolean member, List<String> roles) {}
