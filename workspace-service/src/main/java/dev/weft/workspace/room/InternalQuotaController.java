package dev.weft.workspace.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.workspace.quota.QuotaType;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What other services ask about quotas: {@code GET /internal/quotas/workspaces/{id}/flows}, a {@link FlowRoom}, and {@code
 * GET /internal/quotas/contracts/{id}?queues=<default>}, {@link OfContract}.
 */
@RestController
@RequestMapping("/internal/quotas")
class InternalQuotaController {

    private final RoomService service;

    InternalQuotaController(RoomService service) {
        this.service = service;
    }

    @GetMapping("/workspaces/{id}/flows")
    FlowRoom forFlows(Caller caller, @PathVariable String id) {
        return service.forFlows(caller, id);
    }

    /** {@code {"queues"?,"containers"?,"webhook_requests_per_minute"?}}; what is absent has no limit. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfContract(
            @JsonProperty("queues") @Nullable Long queues,

            @JsonProperty("containers") @Nullable Long containers,

            @JsonProperty("webhook_requests_per_minute") @Nullable
            Long webhookRequests) {}

    /** @param queues limit of queues while nobody has set one */
    @GetMapping("/contracts/{id}")
    OfContract ofContract(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "queues", required = false) @Nullable Long queues,
            @RequestParam(name = "webhook_requests", required = false) @Nullable Long webhookRequests) {
        return new OfContract(
                limit(caller, QuotaType.PER_CONTRACT_QUEUE_COUNT_LIMIT, id, queues),
                limit(caller, QuotaType.PER_CONTRACT_CONTAINER_COUNT_LIMIT, id, null),
                limit(caller, QuotaType.PER_CONTRACT_WEBHOOK_REQUESTS_PER_MINUTE_LIMIT, id, webhookRequests));
    }

    private @Nullable Long limit(Caller caller, QuotaType quota, String id, @Nullable Long unset) {
        var limit =
                service.ofContract(caller, quota, id, unset == null ? OptionalLong.empty() : OptionalLong.of(unset));
        return limit.isPresent() ? limit.getAsLong() : null;
    }
}
