package dev.weft.registry.component;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/components} and the aliases by id. */
@RestController
class ComponentController {

    private static final ListQuery.Rules OF_CONTRACT = ListQuery.Rules.whole().filters("access");

    private final ComponentService service;

    ComponentController(ComponentService service) {
        this.service = service;
    }

    @GetMapping("/v2/components")
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, OF_CONTRACT);
        var contract = query.requireId("contract_id");
        var access = query.filter("access", Set.of("private", "public", "all"));
        // Any two of the three words together select everything.
        var selection = access.size() == 1
                ? ComponentSelection.valueOf(access.getFirst().toUpperCase(Locale.ROOT))
                : ComponentSelection.ALL;
        return ComponentPage.of(
                service.listOfContract(caller, contract, selection), query, ComponentResource::component);
    }

    @GetMapping("/v2/components/all")
    Document listAll(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        return ComponentPage.of(
                service.listAll(caller, query.optionalId("tenant_id"), query.optionalId("contract_id")),
                query,
                ComponentResource::component);
    }

    @GetMapping("/v2/components/{id}")
    Document get(@PathVariable String id) {
        return ComponentResource.single(service.get(id));
    }

    @PatchMapping("/v2/components/{id}")
    void patch(@PathVariable String id) {
        service.refuseChange(id);
    }

    @DeleteMapping("/v2/components/{id}")
    void delete(@PathVariable String id) {
        service.refuseChange(id);
    }

    @GetMapping({"/v2/components/{id}/env", "/v2/component-envs/{id}"})
    Document environment(@PathVariable String id) {
        return Document.of(ComponentResource.environment(service.get(id)));
    }

    @PutMapping("/v2/components/{id}/env")
    void putEnvironment(@PathVariable String id) {
        service.refuseChange(id);
    }
}
