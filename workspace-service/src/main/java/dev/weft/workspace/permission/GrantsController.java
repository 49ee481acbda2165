package dev.weft.workspace.permission;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.GrantsSource;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask before they let a caller do something; 404 for a scope that is not in the caller's tenant. */
@RestController
@RequestMapping("/internal/access")
class GrantsController {

    private final GrantsSource source;

    GrantsController(GrantsSource source) {
        this.source = source;
    }

    @GetMapping("/workspaces/{id}")
    Grants inWorkspace(Caller caller, @PathVariable String id) {
        return find(caller, new Scope.Workspace(id));
    }

    @GetMapping("/contracts/{id}")
    Grants inContract(Caller caller, @PathVariable String id) {
        return find(caller, new Scope.Contract(id));
    }

    @GetMapping("/tenants/{id}")
    Grants inTenant(Caller caller, @PathVariable String id) {
        return find(caller, new Scope.Tenant(id));
    }

    private Grants find(Caller caller, Scope scope) {
        return source.grants(caller, scope)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND, "There is no such scope.")
                        .exception());
    }
}
