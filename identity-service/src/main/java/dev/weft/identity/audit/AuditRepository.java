package dev.weft.identity.audit;

import dev.weft.common.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trail: entries come, are read, and go when they are old; nothing changes one. */
interface AuditRepository {

    /** Each once, however often it comes; what was presumed yields to what is known, whichever comes first. */
    void add(List<AuditEntry> entries);

    FoundAudit list(AuditFilter filter, int skip, int size);

    /**
     * Whether something was done in the contract, which may be gone by now.
     *
     * @param tenantId whose contract it must be; null: of any tenant
     */
    boolean knowsContract(@Nullable String tenantId, String contractId);

    void removeBefore(Instant limit);
}
