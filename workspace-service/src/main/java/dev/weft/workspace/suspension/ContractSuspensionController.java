package dev.weft.workspace.suspension;

import dev.weft.common.access.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/contracts/{id}/suspend} and {@code /unsuspend}; bodies are not read. */
@RestController
@RequestMapping("/v2/contracts/{id}")
class ContractSuspensionController {

    private final ContractSuspensionService service;

    ContractSuspensionController(ContractSuspensionService service) {
        this.service = service;
    }

    @PostMapping("/suspend")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void suspend(Caller caller, @PathVariable String id) {
        service.suspend(caller, id);
    }

    @PostMapping("/unsuspend")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unsuspend(Caller caller, @PathVariable String id) {
        service.unsuspend(caller, id);
    }
}
