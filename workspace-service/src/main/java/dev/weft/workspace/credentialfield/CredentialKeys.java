package dev.weft.workspace.credentialfield;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The values of a credential by field name, in clear; {@code toString} shows none of them. */
public record CredentialKeys(ObjectNode values) {

    public static CredentialKeys none() {
        return new CredentialKeys(JsonNodeFactory.instance.objectNode());
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The length of their JSON in UTF-8. */
    public int bytes() {
        return values.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        // Names alone: a record prints its values, and these must not land in a log line.
        return "CredentialKeys" + values.propertyNames();
    }
}
