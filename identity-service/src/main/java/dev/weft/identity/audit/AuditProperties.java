package dev.weft.identity.audit;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the audit trail.
 *
 * @param retention how long an entry is kept (WEFT_AUDIT_RETENTION)
 */
@Validated
@ConfigurationProperties("weft.audit")
record AuditProperties(@NotNull Duration retention) {}
