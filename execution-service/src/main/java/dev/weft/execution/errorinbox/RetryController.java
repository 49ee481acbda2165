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
import tools.jackson.databind.json.JsonMapper;

/** Retries over HTTP. */
@RestController
class RetryController {

    private final RetryService retries;
    private final JsonMapper json;

    RetryController(RetryService retries, JsonMapper json) {
        this.retries = retries;
        this.json = json;
    }

    @PostMapping("/v2/executions/{id}/errors/{errorId}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Document retry(
            Caller caller,
            @PathVariable String id,
            @PathVariable String errorId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new RetryRequest(body, json);
        var retried = retries.retry(caller, id, errorId, request.isEdited(), () -> request.body(errorId));
        return Document.of(ErrorResource.of(retried));
    }
}
