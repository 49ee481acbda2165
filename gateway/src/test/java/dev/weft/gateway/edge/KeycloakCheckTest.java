package dev.weft.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.limit.BodyBudget;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

class KeycloakCheckTest {

    @Test
    void aBodyThatHasNotComeYetKeepsNoConnectionToKeycloak() throws Exception {
        var request = new MockHttpServletRequest("POST", "/auth/realms/weft/protocol/openid-connect/token");
        request.setContent(new byte[300_000]);
        RequestId.begin(request, new MockHttpServletResponse(), new Ids());
        var budget = new BodyBudget(10_000_000);
        var read = new AtomicLong();

        try (var _ = budget.open(request)) {
            KeycloakCheck.check(ServerRequest.create(request, List.of()), _ -> {
                read.set(budget.used());
                return ServerResponse.ok().build();
            });
        }

        assertThat(read).hasValue(300_000);
    }
}
