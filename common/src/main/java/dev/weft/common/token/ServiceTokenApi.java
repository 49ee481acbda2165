package dev.weft.common.token;

import java.time.Instant;
import java.util.Objects;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The internal API of identity-service that gives services their tokens: the shared secret in, an internal token of
 * kind {@code service} out.
 */
@FeignClient(name = "service-tokens", url = "${weft.services.identity}")
interface ServiceTokenApi {

    @PostMapping("/internal/service-tokens")
    Issued issue(@RequestHeader("X-Weft-Service-Secret") String secret, @RequestParam("service") String service);

    /** The token and when it expires. */
    record Issued(String token, Instant expiresAt) {
        public Issued {
            Objects.requireNonNull(token);
            Objects.requireNonNull(expiresAt);
        }
    }
}
