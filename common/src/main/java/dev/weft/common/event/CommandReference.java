package dev.weft.common.event;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command without its content, for the {@code AlarmLane}, which can not carry large ones: {@code {.., "payload":
 * {"by_reference": true}}}. The receiver asks flow-service, which keeps the whole command until it is known to be
 * carried out or a later one has been given: {@code GET /internal/flows/{subjectId}/commands/{version}}.
 */
public final class CommandReference {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BY_REFERENCE = "by_reference";

    private CommandReference() {}

    /** @param command the JSON of a {@link DomainEvent} */
    public static byte[] to(byte[] command) {
        if (!(JSON.readTree(command) instanceof ObjectNode envelope)) {
            throw new IllegalArgumentException("A command is an object.");
        }
        envelope.putObject("payload").put(BY_REFERENCE, true);
        return JSON.writeValueAsBytes(envelope);
    }

    public static boolean isOne(DomainEvent command) {
        return Boolean.TRUE.equals(command.payload().get(BY_REFERENCE));
    }
}
