package dev.weft.identity.machinekey;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a new machine key (api-v2 12a). */
final class MachineKeyRequest {

    private static final String EXPIRES_AT = "expires_at";
    private static final int LONGEST_INSTANT = 64;
    private static final int LAST_YEAR = 9999;

    private final @Nullable JsonNode body;

    MachineKeyRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** {@code exists} tells whether an id is taken. */
    SentMachineKey creation(Predicate<String> exists) {
        var fields = RequestDocument.of(body, MachineKeyResource.TYPE)
                .withoutId(exists)
                .fields();
        var sent = new SentMachineKey(
                fields.requiredText("name", 1, 64),
                fields.word("role", MachineKey.ROLES).orElse("admin"),
                instant(fields));
        fields.orThrow();
        return sent;
    }

    private static @Nullable Instant instant(Fields fields) {
        var text = fields.nullableText(EXPIRES_AT, LONGEST_INSTANT);
        if (text == null) {
            return null;
        }
        try {
            var instant = OffsetDateTime.parse(text);
            // Beyond that the store has no dates.
            if (instant.getYear() >= 0 && instant.getYear() <= LAST_YEAR) {
                return instant.toInstant().truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeParseException e) {
            // Told below, as a year that nobody means.
        }
        fields.problem(EXPIRES_AT, EXPIRES_AT + " must be an instant such as 2030-01-01T00:00:00.000Z, or null.");
        return null;
    }
}
