package dev.weft.common.token;

import dev.weft.common.access.Caller;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who sent the request that this thread works on. */
public final class CurrentCaller {

    private CurrentCaller() {}

    /** Empty outside of a request, and for one of the few paths that need no token. */
    public static Optional<Caller> find() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token
                ? Optional.of(token.caller())
                : Optional.empty();
    }
}
