package dev.weft.identity.tenantrecord;

import java.util.List;

/**
 * A page of tenants.
 *
 * @param cut   whether the page ends before the size that was asked for
 * @param total how many there are in all
 */
public record FoundTenants(List<Tenant> tenants, boolean cut, long total) {}
