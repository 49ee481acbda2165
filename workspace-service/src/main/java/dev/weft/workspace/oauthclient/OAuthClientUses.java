package dev.weft.workspace.oauthclient;

import dev.weft.common.access.Caller;
import java.util.List;

/** Which flows use a component, as flow-service knows. */
interface OAuthClientUses {

    /** Flows of the tenant of which the latest version, a former one or the draft has a step of the component. */
    List<String> flowsUsing(Caller caller, String tenantId, String componentId, String command);
}
