package dev.weft.execution.log;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** Searching the log of a workspace, for holders of {@code workspaces.logs.read_all}. */
@Service
class LogService {

    /** Lines of a page, and how many there are in all, up to 10,000. */
    record Found(LogQuery asked, long total, List<FlowLog.Entry> entries) {}

    private final MongoFlowLog log;
    private final AccessClient access;

    LogService(MongoFlowLog log, AccessClient access) {
        this.log = log;
        this.access = access;
    }

    /** @param query read only once the caller may read the log */
    Found search(Caller caller, String workspaceId, Supplier<LogQuery> query) {
        access.requireToRead(caller, Permission.WORKSPACES_LOGS_READ_ALL, new Scope.Workspace(workspaceId));
        var asked = query.get();
        return new Found(asked, log.count(asked), log.find(asked, asked.offset(), asked.limit()));
    }
}
