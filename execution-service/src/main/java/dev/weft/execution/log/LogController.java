package dev.weft.execution.log;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v2/logs}: {@code {"total","hits":[..]}}, no JSON:API document (api-v2 11.1). */
@RestController
class LogController {

    private final LogService service;

    LogController(LogService service) {
        this.service = service;
    }

    @GetMapping("/v2/logs")
    LogHits search(Caller caller, HttpServletRequest request) {
        var listing = new LogListing(ListQuery.of(request, LogListing.RULES));
        return LogHits.of(service.search(caller, listing.workspaceId(), listing::toQuery));
    }
}
