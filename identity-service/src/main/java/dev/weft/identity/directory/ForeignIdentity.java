package dev.weft.identity.directory;

/**
 * A person as an identity provider of a tenant knows one.
 *
 * @param tenantId whose provider it is: another tenant may trust a provider of the same issuer, and know others there
 * @param iss      the issuer
 * @param sub      the person's id there
 */
public record ForeignIdentity(String tenantId, String iss, String sub) {}
