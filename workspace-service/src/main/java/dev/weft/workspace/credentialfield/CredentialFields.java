package dev.weft.workspace.credentialfield;

import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.RequestFaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The credential fields that a component declares, by name. They check what a client sends, mask what a member may not
 * see, and put stored values back where a client sends the mask.
 */
public record CredentialFields(Map<String, CredentialField> byName) {

    /** Keys are read, decrypted and checked whole, for each start of a flow and each call of a webhook's door too. */
    private static final int LARGEST_KEYS = 64 * 1024;

    /** Reads {@code {"credentials":{"fields":{..}}}} of a descriptor; what is missing declares nothing. */
    static CredentialFields of(JsonNode descriptor) {
        var byName = new LinkedHashMap<String, CredentialField>();
        descriptor
                .path("credentials")
                .path("fields")
                .properties()
                .forEach(field -> byName.put(field.getKey(), CredentialField.of(field.getValue())));
        return new CredentialFields(byName);
    }

    public static CredentialFields none() {
        return new CredentialFields(Map.of());
    }

    private CredentialField field(String name) {
        return byName.getOrDefault(name, CredentialField.undeclared());
    }

    /**
     * Refuses values of a wrong kind, all of them at once, and more of them than there may be.
     *
     * @param complete without masks, for which values of any length may stand
     */
    public void require(CredentialKeys complete) {
        var faults = new RequestFaults();
        check(complete, faults);
        faults.orThrow();
    }

    /**
     * Adds what {@link #require} would refuse to the faults of the whole request.
     *
     * @param complete as there
     */
    public void check(CredentialKeys complete, RequestFaults faults) {
        if (complete.bytes() > LARGEST_KEYS) {
            faults.add("keys", "keys may have " + LARGEST_KEYS + " bytes.");
            return;
        }
        complete.values()
                .properties()
                .forEach(key -> field(key.getKey())
                        .faultOf(key.getValue())
                        .ifPresent(fault -> faults.add(
                                "keys/" + ProblemSource.part(key.getKey()), key.getKey() + " " + fault + ".")));
    }

    /** What the keys lack for a flow to run with them, as sentences (api-v2 8.3 and 11.5). */
    public List<String> lackedBy(CredentialKeys keys) {
        var lacks = new ArrayList<String>();
        byName.forEach((name, field) -> {
            var value = keys.values().path(name);
            if (!value.isMissingNode()) {
                field.faultOf(value).ifPresent(fault -> lacks.add(name + " " + fault + "."));
            } else if (field.required()) {
                lacks.add(name + " is missing.");
            }
        });
        return lacks;
    }

    /** The keys as a member sees them who may not change them. */
    public CredentialKeys mask(CredentialKeys keys) {
        var masked = keys.values().objectNode();
        keys.values()
                .properties()
                .forEach(key -> masked.set(key.getKey(), masked(field(key.getKey()), key.getValue())));
        return new CredentialKeys(masked);
    }

    private static JsonNode masked(CredentialField field, JsonNode value) {
        return switch (field.view()) {
            case TEXT, CHECK_BOX, SELECT, MULTI_SELECT -> value;
            // Unknown ones too: a view class of a later release may be one for secrets.
            case PASSWORD, OAUTH, UNKNOWN -> StringNode.valueOf(CredentialField.MASK);
            case WEBHOOK_AUTH ->
                value instanceof ObjectNode auth ? withMaskedSecrets(auth) : StringNode.valueOf(CredentialField.MASK);
        };
    }

    private static ObjectNode withMaskedSecrets(ObjectNode auth) {
        var masked = auth.deepCopy();
        WebhookAuth.SECRETS.stream().filter(masked::has).forEach(secret -> masked.put(secret, CredentialField.MASK));
        return masked;
    }

    /** The keys as sent, with the stored value wherever the mask was sent for something that is masked. */
    public CredentialKeys restore(CredentialKeys sent, CredentialKeys stored) {
        var whole = sent.values().objectNode();
        sent.values()
                .properties()
                .forEach(key -> whole.set(
                        key.getKey(),
                        restored(
                                field(key.getKey()),
                                key.getValue(),
                                stored.values().path(key.getKey()))));
        return new CredentialKeys(whole);
    }

    private static JsonNode restored(CredentialField field, JsonNode sent, JsonNode stored) {
        return switch (field.view()) {
            case TEXT, CHECK_BOX, SELECT, MULTI_SELECT -> sent;
            case PASSWORD, OAUTH, UNKNOWN -> isMask(sent) && !stored.isMissingNode() ? stored : sent;
            case WEBHOOK_AUTH -> sent instanceof ObjectNode auth ? withStoredSecrets(auth, stored) : sent;
        };
    }

    private static ObjectNode withStoredSecrets(ObjectNode sent, JsonNode stored) {
        var whole = sent.deepCopy();
        for (var secret : WebhookAuth.SECRETS) {
            // A mask for which nothing is stored is taken as it is: somebody may have six asterisks as a password.
            if (isMask(sent.path(secret)) && stored.has(secret)) {
                whole.set(secret, stored.path(secret));
            }
        }
        return whole;
    }

    private static boolean isMask(JsonNode value) {
        return value.isString() && value.stringValue().equals(CredentialField.MASK);
    }
}
