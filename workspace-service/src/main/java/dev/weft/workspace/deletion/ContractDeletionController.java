package dev.weft.workspace.deletion;

import dev.weft.common.access.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code DELETE /v2/contracts/{id}}. */
@RestController
class ContractDeletionController {

    private final ContractDeletionService service;

    ContractDeletionController(ContractDeletionService service) {
        this.service = service;
    }

    @DeleteMapping("/v2/contracts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        service.delete(caller, id);
    }
}
