package dev.weft.workspace.credential;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.credentialfield.CredentialFields;
import dev.weft.workspace.credentialfield.CredentialKeys;
import java.util.Optional;

/** What a request says of a credential; its values are judged once the fields of the component are known. */
final class CredentialWish {

    private static final String KEYS = "/data/attributes/keys";

    /** Keys are read, decrypted and checked whole, for each start of a flow and each call of a webhook's door too. */
    private static final int LARGEST_KEYS = 64 * 1024;

    private final RequestDocument document;
    private final Fields fields;
    private final Optional<String> name;
    private final Optional<CredentialKeys> keys;

    CredentialWish(RequestDocument document) {
        this.document = document;
        this.fields = document.fields();
        this.name = fields.text("name", 1, 128);
        this.keys = fields.kept("keys").map(CredentialKeys::new);
        // There is no way to make an agent, so none can be of this workspace.
        if (document.related("vpn_agent", "vpn-agent").isPresent()) {
            fields.problem(
                    Problem.invalid("/data/relationships/vpn_agent", "The workspace has no agent of this identifier."));
        }
        fields.orThrow();
    }

    String componentId() {
        var component = document.related("component", "component")
                .orElseThrow(() -> Problem.invalid(
                                CredentialRequest.COMPONENT, "The relationship component must name an identifier.")
                        .exception());
        fields.orThrow();
        return component;
    }

    Optional<String> name() {
        return name;
    }

    Optional<CredentialKeys> keys() {
        return keys;
    }

    /** Refuses values of a wrong kind, all of them at once, and more of them than there may be. */
    void check(CredentialKeys complete, CredentialFields declared) {
        // The complete ones: a mask of six characters may stand for a value of any length.
        if (keys.isPresent() && complete.bytes() > LARGEST_KEYS) {
            throw Problem.invalid(KEYS, "keys may have " + LARGEST_KEYS + " bytes.")
                    .exception();
        }
        declared.check(complete, fields);
        fields.orThrow();
    }
}
