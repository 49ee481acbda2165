package dev.weft.workspace.credentialfield;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One field of {@code credentials.fields} in a component's descriptor, as its {@code viewClass} says: what a value must
 * be, and how much of it is for holders of {@code workspaces.credential.edit} only.
 *
 * @param options  the keys of a selection's model; empty when the model is not a fixed one
 * @param required no flow starts without; how callers prove themselves is, once there is a credential
 */
record CredentialField(CredentialFieldView view, Set<String> options, boolean required) {

    /** What somebody sees who may not; sent back in a change, it stands for the stored value. */
    static final String MASK = "******";

    static CredentialField of(JsonNode declared) {
        var model = declared.path("model");
        var view = CredentialFieldView.of(declared.path("viewClass").asString(""));
        return new CredentialField(
                view,
                model instanceof ObjectNode options ? Set.copyOf(options.propertyNames()) : Set.of(),
                view == CredentialFieldView.WEBHOOK_AUTH
                        || declared.path("required").asBoolean(false));
    }

    /** A key that the descriptor does not declare. */
    static CredentialField undeclared() {
        return new CredentialField(CredentialFieldView.UNKNOWN, Set.of(), false);
    }

    /** What is wrong with the value; empty when nothing is. */
    Optional<String> faultOf(JsonNode value) {
        return switch (view) {
            case TEXT, PASSWORD -> unless(value.isString(), "must be a string");
            case CHECK_BOX -> unless(value.isBoolean(), "must be true or false");
            case SELECT -> unless(isOption(value), "must be one of the options");
            case MULTI_SELECT ->
                unless(value.isArray() && value.valueStream().allMatch(this::isOption), "must be a list of options");
            case OAUTH -> unless(value.isObject(), "must be an object");
            case WEBHOOK_AUTH -> WebhookAuth.faultOf(value);
            case UNKNOWN -> Optional.empty();
        };
    }

    private boolean isOption(JsonNode value) {
        return value.isString() && (options.isEmpty() || options.contains(value.stringValue()));
    }

    private static Optional<String> unless(boolean right, String fault) {
        return right ? Optional.empty() : Optional.of(fault);
    }
}
