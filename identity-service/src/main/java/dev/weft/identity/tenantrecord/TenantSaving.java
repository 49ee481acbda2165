package dev.weft.identity.tenantrecord;

/** The result of an attempt to save a tenant: codes, domains and the default mark are unique in an installation. */
public enum TenantSaving {
    DONE,
    /** Someone was faster: what was decided does not hold any more. */
    OUTPACED,
    CODE_TAKEN,
    APP_DOMAIN_TAKEN,
    DEFAULT_TAKEN
}
