package dev.weft.workspace.departure;

import dev.weft.common.access.Caller;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What identity-service asks before it deletes a user who left a contract. */
@RestController
class UserContractsController {

    private final ContractTiesService service;

    UserContractsController(ContractTiesService service) {
        this.service = service;
    }

    /** Whether any contract counts on the user: {@code {"any":true}}. */
    @GetMapping("/internal/users/{user}/contracts")
    Map<String, Boolean> contracts(Caller caller, @PathVariable String user) {
        return Map.of("any", service.hold(caller, user));
    }
}
