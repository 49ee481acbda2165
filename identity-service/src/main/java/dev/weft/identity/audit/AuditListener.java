package dev.weft.identity.audit;

import dev.weft.common.audit.AuditEntry;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Hears from all services what was asked of them; entries have identifiers of their own, so hearing twice adds nothing. */
@Configuration(proxyBeanMethods = false)
class AuditListener {

    /** The payload: {@code {"entries":[..]}}. */
    record Recorded(List<AuditEntry> entries) {}

    @Bean
    FactHandler recordedAudit(AuditService service, JsonMapper json) {
        return new FactHandler(Fact.AUDIT_RECORDED, told -> service.add(entries(told, json)));
    }

    private static List<AuditEntry> entries(DomainEvent told, JsonMapper json) {
        return Objects.requireNonNull(json.convertValue(told.payload(), Recorded.class))
                .entries();
    }
}
