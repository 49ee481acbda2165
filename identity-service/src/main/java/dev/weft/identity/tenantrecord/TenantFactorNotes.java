package dev.weft.identity.tenantrecord;

import java.util.List;

/** Which tenants say something of second factors that their users' accounts do not have yet. */
public interface TenantFactorNotes {

    /** Notes the tenant if what it says is not what is in force. */
    void compare(String tenantId);

    /** Some that are noted. */
    List<Tenant> due();

    /** What that tenant says is in force; the note stays if it has said something else since. */
    void applied(Tenant tenant);
}
