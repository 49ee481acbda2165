package dev.weft.identity.sshkey;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.user.UserLeftovers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The use cases of SSH keys (api-v2 4.6): everybody has to do with the own keys only. */
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
    List<SshKey> list(Caller caller) {
        return keys.listOf(caller.id());
    }

    @OpenToAll(OWN)
    SshKey get(Caller caller, String id) {
        return keys.find(id)
                .filter(key -> key.userId().equals(caller.id()))
                .orElseThrow(() -> Problem.notFound("SSH key", id).exception());
    }

    @OpenToAll(OWN)
    SshKey add(Caller caller, @Nullable JsonNode body) {
        if (caller.kind() != Caller.Kind.USER) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only users have SSH keys.").exception();
        }
        var document = RequestDocument.of(body, SshKeyResource.TYPE)
                .withoutId(id -> keys.find(id)
                        .filter(key -> key.userId().equals(caller.id()))
                        .isPresent());
        var fields = document.fields();
        var title = fields.text("title", 0, 255);
        if (!fields.has("key")) {
            fields.problem("key", "key is required.");
        }
        // As a file has it, perhaps folded.
        var text = fields.prose("key", 16_384).orElse("");
        var key = PublicKey.parse(text);
        if (key.isEmpty() && fields.has("key")) {
            fields.problem("key", "key must be an OpenSSH public key of type RSA, DSA, ECDSA or Ed25519.");
        }
        fields.orThrow();
        var added = new SshKey(
                ids.next(), caller.id(), title.orElse(key.orElseThrow().comment()), key.orElseThrow());
        if (!keys.insert(added)) {
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "This key is registered already.")
                    .at("/data/attributes/key")
                    .exception();
        }
        return added;
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
