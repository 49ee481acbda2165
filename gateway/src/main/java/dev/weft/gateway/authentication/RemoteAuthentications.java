package dev.weft.gateway.authentication;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** identity-service's door for the gateway. 401: nobody we know; 429: too many wrong attempts. */
@FeignClient(name = "authentications", url = "${weft.services.identity}")
interface RemoteAuthentications {

    @PostMapping("/internal/authentications")
    Authentication authenticate(
            @RequestHeader("X-Weft-Service-Secret") String secret, @RequestBody AuthenticationRequest request);
}
