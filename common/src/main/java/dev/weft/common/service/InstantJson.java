package dev.weft.common.service;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Instants on the wire: {@code 2018-03-27T15:39:02.825Z}, always with milliseconds (api-v2 1.1). */
final class InstantJson extends StdSerializer<Instant> {

    private static final DateTimeFormatter MILLISECONDS =
            // Instant.toString leaves out trailing zeros, so the texts would differ in length.
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    InstantJson() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
        json.writeString(MILLISECONDS.format(value));
    }
}
