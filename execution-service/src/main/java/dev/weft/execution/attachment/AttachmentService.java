package dev.weft.execution.attachment;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.execution.execution.VisibleExecutions;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/** Reads the files of an execution. They are payloads, as its messages are, and the same permission opens them. */
@Service
class AttachmentService {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private final VisibleExecutions visible;
    private final Attachments attachments;
    private final AccessClient access;

    AttachmentService(VisibleExecutions visible, Attachments attachments, AccessClient access) {
        this.visible = visible;
        this.attachments = attachments;
        this.access = access;
    }

    /** 404 for another tenant's, and for one that is no longer kept. */
    Attachments.File get(Caller caller, String executionId, String number) {
        var execution = visible.get(caller, executionId);
        access.require(caller, Permission.WORKSPACES_LOGS_READ_ALL, new Scope.Workspace(execution.workspaceId()));
        if (!NUMBER.matcher(number).matches()) {
            throw Problem.notFound("attachment", number).exception();
        }
        return attachments
                .find(executionId, Integer.parseInt(number))
                .orElseThrow(() -> Problem.notFound("attachment", number).exception());
    }
}
