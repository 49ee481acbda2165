package dev.weft.registry.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a JSON value into a canonical form, so that equal values have the same text: members of every object are
 * sorted by name.
 */
final class CanonicalJson {

    private CanonicalJson() {}

    static Object of(Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                var sorted = new TreeMap<String, Object>();
                object.forEach((name, member) -> sorted.put(String.valueOf(name), of(member)));
                yield sorted;
            }
            case List<?> array -> array.stream().map(CanonicalJson::of).toList();
            default -> value;
        };
    }
}
