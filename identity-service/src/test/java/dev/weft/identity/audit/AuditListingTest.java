package dev.weft.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.access.Caller;
import dev.weft.common.audit.AuditActions;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AuditListingTest {

    private static final Caller ADMIN =
            new Caller(Caller.Kind.USER, "ann", "t".repeat(24), "ann@example.com", List.of(), "Bearer x");

    private static AuditFilter filter(String query) {
        var request = new MockHttpServletRequest("GET", "/v2/audit");
        request.setQueryString(query);
        return new AuditListing(ListQuery.of(request, AuditListing.RULES), AuditActions.ofTable()).filter(ADMIN);
    }

    @Test
    void anInstantIsReadToTheMillisecond() {
        assertThat(filter("from=2026-01-01T00:00:00.0015Z").from())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.001Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=-999999999-01-01T00:00:00Z", "to=%2B999999999-01-01T00:00:00Z"})
    void anInstantThatNoStoreHasIsRefused(String query) {
        assertThatThrownBy(() -> filter(query))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.first().code()).isEqualTo(ProblemCode.INVALID_PARAMETER));
    }
}
