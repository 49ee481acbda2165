package dev.weft.common.token;

import dev.weft.common.access.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/** A verified internal token, as Spring Security carries it. */
final class CallerToken extends AbstractOAuth2TokenAuthenticationToken<Jwt> {

    private static final long serialVersionUID = 1L;
    private final transient Caller caller;

    CallerToken(Jwt token) {
        super(token, token, token, AuthorityUtils.NO_AUTHORITIES);
        var roles = token.getClaimAsStringList("tenant_roles");
        this.caller = new Caller(
                Caller.Kind.of(required(token, "kind")),
                required(token, "sub"),
                token.getClaimAsString("tenant"),
                required(token, "name"),
                roles == null ? List.of() : roles,
                "Bearer " + token.getTokenValue(),
                bindingOf(token));
        setAuthenticated(true);
    }

    private static Caller.@Nullable KeyBinding bindingOf(Jwt token) {
        var role = token.getClaimAsString("key_role");
        return role == null ? null : new Caller.KeyBinding(token.getClaimAsString("contract"), role);
    }

    private static String required(Jwt token, String claim) {
        var value = token.getClaimAsString(claim);
        // A token signed by us has all claims; one without is refused.
        if (value == null) {
            throw new BadJwtException("The internal token has no " + claim + ".");
        }
        return value;
    }

    Caller caller() {
        return caller;
    }

    @Override
    public java.util.Map<String, Object> getTokenAttributes() {
        return getToken().getClaims();
    }
}
