package dev.weft.identity.tenantrecord;

/** What became of a wish to save: two codes, domains or default tenants are not in one installation. */
public enum TenantSaving {
    DONE,
    /** Someone was faster: what was decided does not hold any more. */
    OUTPACED,
    CODE_TAKEN,
    APP_DOMAIN_TAKEN,
    DEFAULT_TAKEN
}
