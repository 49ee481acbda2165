package dev.weft.common.token;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers {@code unavailable} (503) when a token can not be verified because identity-service does not give its keys.
 * Spring Security throws that exception through the whole filter chain, and the container would answer 500: the
 * service's own error handler sees only exceptions from behind the filters.
 */
final class KeysOutOfReach extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(KeysOutOfReach.class);

    private final HandlerExceptionResolver answers;

    KeysOutOfReach(HandlerExceptionResolver answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (AuthenticationServiceException e) {
            log.warn("The keys of internal tokens can not be had: {}", e.toString());
            var problem = Problem.of(ProblemCode.UNAVAILABLE, "The identity service does not answer at the moment.")
                    .exception();
            if (answers.resolveException(request, response, null, problem) == null) {
                throw e;
            }
        }
    }
}
