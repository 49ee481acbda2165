package dev.weft.identity.audit;

import dev.weft.common.audit.AuditEntry;
import java.util.List;

/** A page of entries, newest first, and how many there are in all. */
record FoundAudit(List<AuditEntry> entries, long total) {}
