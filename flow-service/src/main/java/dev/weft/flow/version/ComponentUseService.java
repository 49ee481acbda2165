package dev.weft.flow.version;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.flow.flow.FlowRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** Which flows use a component, in whatever version. */
@Service
class ComponentUseService {

    private final FlowRepository flows;
    private final FlowArchive archive;

    ComponentUseService(FlowRepository flows, FlowArchive archive) {
        this.flows = flows;
        this.archive = archive;
    }

    /** @param command {@code team/component}, by which drafts name it */
    @OpenToAll("asked by services for their callers, and answered of the caller's tenant alone")
    List<String> flowsUsing(Caller caller, String tenantId, String componentId, String command) {
        return caller.sees(tenantId)
                ? flows.usingComponent(tenantId, componentId, command, archive.flowsUsing(componentId))
                : List.of();
    }
}
