package dev.weft.identity.apikey;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.leaver.UserLeftovers;
import dev.weft.identity.userrecord.UserEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The use cases of API keys (api-v2 2). */
@Service
class ApiKeyService implements UserLeftovers {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyService.class);

    private final ApiKeyRepository keys;
    private final UserEvents events;
    private final Ids ids;

    ApiKeyService(ApiKeyRepository keys, UserEvents events, Ids ids) {
        this.keys = keys;
        this.events = events;
        this.ids = ids;
    }

    /** A new key, shown this once; the old one is void, and the gateway knows it, when this returns. */
    @OpenToAll("everybody makes the own key")
    String generate(Caller caller) {
        if (caller.kind() != Caller.Kind.USER) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only users have API keys.").exception();
        }
        // The key is shown once and stored as a digest: whoever reads the store can not call as its users.
        var key = ids.nextSecret();
        keys.replace(caller.id(), key, events.keyChanged(caller.tenantId(), caller.id(), caller.id()));
        log.info("User {} has a new API key", caller.id());
        return key;
    }

    @Override
    @OpenToAll("part of a deletion that was asked for")
    public void removeOf(String userId) {
        keys.remove(userId);
    }
}
