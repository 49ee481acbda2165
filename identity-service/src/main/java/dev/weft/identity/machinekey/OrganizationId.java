package dev.weft.identity.machinekey;

import java.util.Locale;

/**
 * A tenant as clients of the events family name it: the 24 digits of its id in the form of a UUID,
 * {@code oooooooo-oooo-4ooo-8ooo-oooooo000000}. The family's own UUIDs have version 8 at the same place; clients that
 * check versions up to 5 alone demand the other.
 *
 * <p>Source: api-v2 12a, api-meshes 6.7 and 8.
 */
public final class OrganizationId {

    private OrganizationId() {}

    public static String of(String tenantId) {
        return written(tenantId, '4');
    }

    /** Whether a text names the tenant: as a UUID of either version, or by its digits alone. */
    public static boolean names(String text, String tenantId) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.equals(tenantId) || lower.equals(written(tenantId, '4')) || lower.equals(written(tenantId, '8'));
    }

    private static String written(String id, char version) {
        return id.substring(0, 8) + "-" + id.substring(8, 12) + "-" + version + id.substring(12, 15) + "-8"
                + id.substring(15, 18) + "-" + id.substring(18, 24) + "000000";
    }
}
