package dev.weft.identity.bootstrap;

/** The tenant that an installation begins with. */
record BootstrapTenant(String code) {}
