package dev.weft.identity.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The part of the launcher's {@code credentials.json} that is read here; ids in it are not read, since this service
 * makes them.
 */
record BootstrapFile(
        BootstrapTenant tenant,
        @JsonProperty("tenant_admin") BootstrapAdmin admin,
        @JsonProperty("service_account") BootstrapAccount account) {}
