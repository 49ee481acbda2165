package dev.weft.common.jsonapi;

import dev.weft.common.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses {@code include} at reading endpoints that do not look at the query, and so can include nothing (api-v2 1.4:
 * 400). Other endpoints refuse unknown values by {@link ListQuery}.
 */
public final class NothingToInclude implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/v2/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var include = request.getParameter("include");
        if (request.getMethod().equals("GET")
                && include != null
                && !include.isBlank()
                && handler instanceof HandlerMethod endpoint
                && !readsTheQuery(endpoint)) {
            throw Problem.parameter("include", "There is nothing called " + include + " to include.")
                    .exception();
        }
        return true;
    }

    private static boolean readsTheQuery(HandlerMethod endpoint) {
        return Arrays.asList(endpoint.getMethod().getParameterTypes()).contains(HttpServletRequest.class);
    }
}
