package dev.weft.identity.user;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** workspace-service's answer to "is there a contract that both are members of". */
@FeignClient(name = "shared-contracts", url = "${weft.services.workspace}")
interface SharedContractsApi {

    @GetMapping("/internal/contracts/shared")
    Shared shared(
            @RequestHeader("Authorization") String bearer,
            @RequestParam("user") String user,
            @RequestParam("other") String other);

    /** The answer. */
    record Shared(boolean shared) {}
}
