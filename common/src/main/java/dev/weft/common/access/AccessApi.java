package dev.weft.common.access;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * The internal API of workspace-service that answers what a caller may do in a scope; 404 when the scope is not of the
 * caller's tenant.
 */
@FeignClient(name = "access", url = "${weft.services.workspace}")
interface AccessApi {

    @GetMapping("/internal/access/{kind}/{id}")
    Grants grants(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("kind") String kind,
            @PathVariable("id") String id);
}
