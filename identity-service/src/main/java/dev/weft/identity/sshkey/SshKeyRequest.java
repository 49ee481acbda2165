package dev.weft.identity.sshkey;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a new SSH key (api-v2 4.6). */
final class SshKeyRequest {

    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_LINE = 16_384;

    private final @Nullable JsonNode body;

    SshKeyRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** {@code exists} tells whether an id is taken. */
    SentSshKey creation(Predicate<String> exists) {
        var fields =
                RequestDocument.of(body, SshKeyResource.TYPE).withoutId(exists).fields();
        var title = fields.text("title", 0, LONGEST_TITLE);
        fields.require("key");
        // As a file has it, perhaps folded.
        var key = PublicKey.parse(fields.prose("key", LONGEST_LINE).orElse(""));
        if (key.isEmpty() && fields.has("key")) {
            fields.problem("key", "key must be an OpenSSH public key of type RSA, DSA, ECDSA or Ed25519.");
        }
        fields.orThrow();
        return key.map(found -> new SentSshKey(found, title.orElse(found.comment())))
                .orElseThrow(() -> Problem.invalid("key", "key is required.").exception());
    }
}
