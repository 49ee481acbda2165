package dev.weft.identity.sshkey;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.leaver.UserLeftovers;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of SSH keys (api-v2 4.6): each user sees and changes the own keys only. */
@Service
class SshKeyService implements UserLeftovers {

    private static final String OWN = "own keys only";

    private final SshKeyRepository keys;
    private final Ids ids;

    SshKeyService(SshKeyRepository keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    @OpenToAll(OWN)
    FoundSshKeys list(Caller caller, int skip, int size) {
        return keys.listOf(caller.id(), skip, size);
    }

    @OpenToAll(OWN)
    SshKey get(Caller caller, String id) {
        return keys.find(id)
                .filter(key -> key.userId().equals(caller.id()))
                .orElseThrow(() -> Problem.notFound("SSH key", id).exception());
    }

    @OpenToAll(OWN)
    SshKey add(Caller caller, Supplier<SentSshKey> document) {
        if (caller.kind() != Caller.Kind.USER) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only users have SSH keys.").exception();
        }
        var sent = document.get();
        var added = new SshKey(ids.next(), caller.id(), sent.title(), sent.key());
        if (!keys.insert(added)) {
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "This key is registered already.")
                    .at("key")
                    .exception();
        }
        return added;
    }

    /** Whether the caller has a key of that id. */
    @OpenToAll(OWN)
    boolean exists(Caller caller, String id) {
        return keys.find(id).filter(key -> key.userId().equals(caller.id())).isPresent();
    }

    @OpenToAll(OWN)
    void remove(Caller caller, String id) {
        keys.remove(get(caller, id).id());
    }

    @Override
    @OpenToAll("part of a deletion that was asked for")
    public void removeOf(String userId) {
        keys.removeOf(userId);
    }
}
