package dev.weft.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/** Maps all requests to the routes, before any other handler mapping. */
final class RouteMapping extends RouterFunctionMapping {

    RouteMapping(RouterFunction<ServerResponse> routes) {
        super(routes);
        setOrder(Ordered.HIGHEST_PRECEDENCE);
        // Bodies are bytes here; without this, Spring would create a converter for every format whose library it finds.
        setMessageConverters(List.of(new ByteArrayHttpMessageConverter()));
    }

    /**
     * Spring answers the preflights of browsers in place of the handler. Those under {@code /auth} are Keycloak's to answer,
     * and the API has to refuse its own like any other request.
     */
    @Override
    protected HandlerExecutionChain getCorsHandlerExecutionChain(
            HttpServletRequest request, HandlerExecutionChain chain, @Nullable CorsConfiguration config) {
        return chain;
    }
}
