package dev.weft.common.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.token.CurrentCaller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Begins the entry of each writing request of the public API, and ends those whose answers have no body. */
final class AuditInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    private final AuditTrail trail;
    private final AuditActions actions;

    AuditInterceptor(AuditTrail trail, AuditActions actions) {
        this.trail = trail;
        this.actions = actions;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // Before all others, whose refusals have entries too.
        registry.addInterceptor(this).addPathPatterns("/v2/**").order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (AuditActions.isWriting(request.getMethod())
                && handler instanceof HandlerMethod
                && request.getDispatcherType() == DispatcherType.REQUEST) {
            var caller = CurrentCaller.find();
            if (caller.filter(Caller::isService).isEmpty()) {
                var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
                trail.begin(actions.of(request.getMethod(), pattern), request, caller);
            }
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        AuditedRequest.of(request)
                .ifPresent(begun -> trail.end(begun, failure == null ? response.getStatus() : 500, null, Set.of()));
    }
}
