package dev.weft.identity.openid;

/**
 * Who a user is at an identity provider; within a tenant one user has it.
 *
 * @param iss the issuer, compared character by character
 * @param sub the user's id there
 */
public record OpenIdIdentity(String id, String tenantId, String userId, String iss, String sub) {}
