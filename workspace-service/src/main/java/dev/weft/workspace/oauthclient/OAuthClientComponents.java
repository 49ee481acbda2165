package dev.weft.workspace.oauthclient;

import dev.weft.common.access.Caller;
import java.util.Optional;

/** Which components there are, as component-registry knows. */
interface OAuthClientComponents {

    /** The command of a component without method, {@code team/component}. */
    Optional<String> command(Caller caller, String componentId);
}
