package dev.weft.identity.token;

import com.nimbusds.jose.jwk.JWKSet;
import dev.weft.common.problem.Problem;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /internal/jwks}: the public key, as RFC 7517 says. {@code POST /internal/service-tokens?service=..}: a
 * token of kind {@code service}, {@code {"token","expiresAt"}}, for whoever sends the services' secret.
 */
@RestController
class TokenController {

    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z-]{2,39}");

    private final SigningKey key;
    private final TokenIssuer issuer;
    private final ServiceDoor door;

    TokenController(SigningKey key, TokenIssuer issuer, ServiceDoor door) {
        this.key = key;
        this.issuer = issuer;
        this.door = door;
    }

    @GetMapping("/internal/jwks")
    Map<String, Object> keys() {
        return new JWKSet(key.key().toPublicJWK()).toJSONObject();
    }

    @PostMapping("/internal/service-tokens")
    InternalToken issue(
            @RequestHeader(name = ServiceDoor.HEADER, required = false) @Nullable String secret,
            @RequestParam("service") String service) {
        door.require(secret);
        if (!SERVICE.matcher(service).matches()) {
            throw Problem.parameter("service", "This is not the name of a service.")
                    .exception();
        }
        return issuer.issue(TokenSubject.service(service));
    }
}
