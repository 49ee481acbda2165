package dev.weft.identity.authentication;

import dev.weft.identity.token.ServiceDoor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /internal/authentications}: for the gateway, which sends the services' shared secret. */
@RestController
class AuthenticationController {

    private final AuthenticationService service;
    private final ServiceDoor door;

    AuthenticationController(AuthenticationService service, ServiceDoor door) {
        this.service = service;
        this.door = door;
    }

    @PostMapping("/internal/authentications")
    AuthenticatedCaller authenticate(
            @RequestHeader(name = ServiceDoor.HEADER, required = false) @Nullable String secret,
            @RequestBody AuthenticationRequest request) {
        door.require(secret);
        return service.authenticate(request);
    }
}
