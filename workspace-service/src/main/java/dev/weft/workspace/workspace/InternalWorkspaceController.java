package dev.weft.workspace.workspace;

import dev.weft.common.access.Caller;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about workspaces; 404 for one of another tenant. */
@RestController
@RequestMapping("/internal/workspaces")
class InternalWorkspaceController {

    private final WorkspaceSummaryService service;

    InternalWorkspaceController(WorkspaceSummaryService service) {
        this.service = service;
    }

    @GetMapping("/{id}")
    WorkspaceSummary summary(Caller caller, @PathVariable String id) {
        return service.summary(caller, id);
    }

    /** Who owns what that user owned there, if the user is no member any more: {@code {"user_id"}}. */
    @GetMapping("/{id}/heirs/{user}")
    Map<String, String> heir(Caller caller, @PathVariable String id, @PathVariable String user) {
        return Map.of("user_id", service.heir(caller, id, user));
    }
}
