package dev.weft.flow.lifecycle;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.flow.resource.FlowResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v2/flows/{id}/start|stop|suspend|run-now}: accepted at once, carried out soon (api-v2 9.5). */
@RestController
@RequestMapping("/v2/flows/{id}")
class LifecycleController {

    private final LifecycleService service;

    LifecycleController(LifecycleService service) {
        this.service = service;
    }

    @PostMapping("/start")
    ResponseEntity<Document> start(Caller caller, @PathVariable String id) {
        return FlowResource.answer(HttpStatus.ACCEPTED.value(), service.start(caller, id));
    }

    @PostMapping("/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Document stop(Caller caller, @PathVariable String id) {
        service.stop(caller, id);
        return Document.empty();
    }

    @PostMapping("/suspend")
    ResponseEntity<Document> suspend(Caller caller, @PathVariable String id) {
        return FlowResource.answer(HttpStatus.ACCEPTED.value(), service.suspend(caller, id));
    }

    @PostMapping("/run-now")
    ResponseEntity<Document> runNow(Caller caller, @PathVariable String id) {
        return FlowResource.answer(HttpStatus.ACCEPTED.value(), service.runNow(caller, id));
    }
}
