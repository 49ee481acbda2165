package dev.weft.identity.tenantrecord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.RequestFaults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantTest {

    private static final Tenant BEFORE = new Tenant(
            "t",
            "code",
            "Name",
            "app.example.com",
            "from@example.com",
            Map.of(Tenant.SUPPORT_USER, "former", "hide_a", true),
            List.of(),
            Instant.EPOCH,
            1);

    private static TenantChange change(String name, Map<String, Object> settings) {
        return new TenantChange(null, name, null, null, settings, new RequestFaults());
    }

    @Test
    void whatARefusedRequestHasChangedIsAsItWasUnlessItWasChangedAgain() {
        var after = BEFORE.with(change("Other", Map.of(Tenant.SUPPORT_USER, "gone", "hide_b", true, "hide_c", true)));

        var undone = after.withoutChange(BEFORE, after);
        assertThat(undone.name()).isEqualTo("Name");
        assertThat(undone.settings()).isEqualTo(BEFORE.settings());
        assertThat(undone.revision()).isEqualTo(3);

        var since = after.with(change("Third", Map.of("hide_c", false))).withoutChange(BEFORE, after);
        assertThat(since.name()).isEqualTo("Third");
        assertThat(since.settings()).isEqualTo(Map.of(Tenant.SUPPORT_USER, "former", "hide_a", true, "hide_c", false));
    }
}
