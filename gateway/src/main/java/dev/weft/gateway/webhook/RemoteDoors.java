package dev.weft.gateway.webhook;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** execution-service's answer about one flow; 404 unless it is active and begins with a webhook. */
@FeignClient(name = "doors", url = "${weft.services.execution}")
interface RemoteDoors {

    @GetMapping("/internal/doors/{flow}")
    Door door(@RequestHeader("Authorization") String bearer, @PathVariable("flow") String flow);
}
