package dev.weft.common.token;

import dev.weft.common.access.Caller;
import java.util.List;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;

/** The caller of what this thread asks next, as if an internal token had come with it. */
public final class SignedIn implements AutoCloseable {

    private SignedIn() {}

    public static SignedIn as(Caller.Kind kind, String id, String tenant) {
        var token = Jwt.withTokenValue("token")
                .header("alg", "ES256")
                .claim("sub", id)
                .claim("kind", kind.wire())
                .claim("tenant", tenant)
                .claim("name", id + "@example.com")
                .claim("tenant_roles", List.of())
                .build();
        SecurityContextHolder.getContext().setAuthentication(new CallerToken(token));
        return new SignedIn();
    }

    @Override
    public void close() {
        SecurityContextHolder.clearContext();
    }
}
