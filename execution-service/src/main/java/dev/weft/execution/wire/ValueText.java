package dev.weft.execution.wire;

import dev.weft.expression.value.Numbers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes a value as text for people to read, in a mail or a log: a text as it is, any other value as JSON. Numbers are
 * written as expressions write them: 12345678.9 and not 1.23456789E7.
 */
public final class ValueText {

    private final JsonMapper json;

    public ValueText(JsonMapper json) {
        this.json = json.rebuild()
                .addModule(new SimpleModule().addSerializer(Number.class, new NumberWriter()))
                .build();
    }

    public String of(@Nullable Object value) {
        return value instanceof String text ? text : json.writeValueAsString(value);
    }

    private static final class NumberWriter extends ValueSerializer<Number> {

        @Override
        public void serialize(Number number, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(Numbers.text(number));
        }
    }
}
