package dev.weft.execution.door;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks workspace-service with this service's own token. */
@Service
@EnableFeignClients(clients = RemoteDoorQuotas.DoorQuotaApi.class)
class RemoteDoorQuotas implements DoorQuotas {

    private static final Logger log = LoggerFactory.getLogger(RemoteDoorQuotas.class);

    /** workspace-service's inside. */
    @FeignClient(name = "door-quotas", url = "${weft.services.workspace}")
    interface DoorQuotaApi {

        @GetMapping("/internal/quotas/contracts/{id}")
        OfContract contract(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String contract,
                @RequestParam(name = "webhook_requests", required = false) @Nullable Integer unset);

        /** The part that is needed here. */
        record OfContract(
                @JsonProperty("webhook_requests_per_minute") @Nullable
                Long webhookRequests) {}
    }

    private final DoorQuotaApi api;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;

    RemoteDoorQuotas(DoorQuotaApi api, RemoteCalls calls, ServiceTokens tokens) {
        this.api = api;
        this.calls = calls;
        this.tokens = tokens;
    }

    @Override
    public OptionalLong callsPerMinute(String contractId, int unset) {
        var usual = unset > 0 ? OptionalLong.of(unset) : OptionalLong.empty();
        try {
            return calls.find("workspace", () -> api.contract(tokens.bearer(), contractId, unset > 0 ? unset : null))
                    .map(found -> limit(found.webhookRequests()))
                    .orElse(usual);
        } catch (ProblemException e) {
            // A door without its limit for some minutes does less harm than webhooks that end with another service.
            log.warn(
                    "The quota of contract {} can not be asked for; its doors have the usual one: {}",
                    contractId,
                    e.getMessage());
            return usual;
        }
    }

    private static OptionalLong limit(@Nullable Long told) {
        return told == null ? OptionalLong.empty() : OptionalLong.of(told);
    }
}
