package dev.weft.workspace.credential;

import tools.jackson.databind.node.ObjectNode;

/** The values of a credential by field name, in clear; {@code toString} shows none of them. */
record CredentialKeys(ObjectNode values) {

    @Override
    public String toString() {
        return "CredentialKeys" + values.propertyNames();
    }
}
