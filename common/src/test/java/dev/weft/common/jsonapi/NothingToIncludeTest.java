package dev.weft.common.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.ProblemSource.Kind;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

class NothingToIncludeTest {

    /** One endpoint that looks at the query, and one that does not. */
    static class Endpoints {

        public String list(HttpServletRequest request) {
            return request.getRequestURI();
        }

        public String single(String id) {
            return id;
        }
    }

    @Test
    void refusesWhereTheQueryIsNotLookedAt() {
        assertThatThrownBy(() -> ask("single", String.class, "members"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().source())
                                .isEqualTo(new ProblemSource(Kind.PARAMETER, "include")));
    }

    @Test
    void leavesItToEndpointsThatLookAtTheQuery() throws NoSuchMethodException {
        assertThat(ask("list", HttpServletRequest.class, "members")).isTrue();
        assertThat(ask("single", String.class, "")).isTrue();
    }

    private static boolean ask(String endpoint, Class<?> parameter, String include) throws NoSuchMethodException {
        var request = new MockHttpServletRequest("GET", "/v2/things/1");
        request.setParameter("include", include);
        var handler = new HandlerMethod(new Endpoints(), Endpoints.class.getMethod(endpoint, parameter));
        return new NothingToInclude().preHandle(request, new MockHttpServletResponse(), handler);
    }
}
