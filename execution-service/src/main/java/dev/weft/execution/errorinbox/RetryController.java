package dev.weft.execution.errorinbox;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Retries over HTTP. */
@RestController
class RetryController {

    private final RetryService retries;

    RetryController(RetryService retries) {
        this.retries = retries;
    }

    @PostMapping("/v2/executions/{id}/errors/{errorId}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Document retry(
            Caller caller,
            @PathVariable String id,
            @PathVariable String errorId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return retries.retry(caller, id, errorId, body);
    }
}
