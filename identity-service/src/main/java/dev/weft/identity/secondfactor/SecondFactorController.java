package dev.weft.identity.secondfactor;

import dev.weft.common.access.Caller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v2/users/{id}/disable-totp} (api-v2 4.5): 200 without a body; a body is not read. */
@RestController
class SecondFactorController {

    private final SecondFactorService service;

    SecondFactorController(SecondFactorService service) {
        this.service = service;
    }

    @PostMapping("/v2/users/{id}/disable-totp")
    void disable(Caller caller, @PathVariable("id") String id) {
        service.disable(caller, id);
    }
}
