package dev.weft.workspace.contract;

import dev.weft.common.access.Caller;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about contracts. */
@RestController
@RequestMapping("/internal/contracts")
class InternalContractController {

    private final ContractService service;

    InternalContractController(ContractService service) {
        this.service = service;
    }

    /** Whether two users are members of one contract: {@code {"shared":true}}. */
    @GetMapping("/shared")
    Map<String, Boolean> shared(Caller caller, @RequestParam String user, @RequestParam String other) {
        return Map.of("shared", service.isShared(user, other));
    }

    /** Whether a user is an owner of some contract: {@code {"owner":true}}. */
    @GetMapping("/owned")
    Map<String, Boolean> owned(Caller caller, @RequestParam String user) {
        return Map.of("owner", service.isOwnerOfAny(caller, user));
    }

    /** Whether a user is a member of the contract at this moment: {@code {"member":true}}. */
    @GetMapping("/{id}/members/{user}")
    Map<String, Boolean> member(Caller caller, @PathVariable String id, @PathVariable String user) {
        return Map.of("member", service.isMember(caller, id, user));
    }

    /** Whether a user is an owner of the contract: {@code {"owner":true}}; 404 for one of another tenant. */
    @GetMapping("/{id}/owners/{user}")
    Map<String, Boolean> owner(Caller caller, @PathVariable String id, @PathVariable String user) {
        return Map.of("owner", service.isOwner(caller, id, user));
    }
}
