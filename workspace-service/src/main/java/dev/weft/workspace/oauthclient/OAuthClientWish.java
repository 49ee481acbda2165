package dev.weft.workspace.oauthclient;

import dev.weft.common.crypto.Secret;
import dev.weft.common.problem.RequestFaults;
import java.util.Optional;

/** What a request says of a client; the use case adds to its faults what it finds itself. */
record OAuthClientWish(
        Optional<String> componentId, Optional<String> clientId, Optional<Secret> secret, RequestFaults faults) {}
