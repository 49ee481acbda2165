package dev.weft.bench.measure;

import java.util.HashMap;
import java.util.Map;

/** Command line of the form {@code --name=value}. */
public final class Arguments {

    private final Map<String, String> values = new HashMap<>();

    public Arguments(String[] arguments) {
        for (var argument : arguments) {
            var equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("Arguments have the form --name=value, not " + argument);
            }
            values.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
    }

    public String text(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    public int number(String name, int absent) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(absent)));
    }
}
