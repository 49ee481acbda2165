package dev.weft.gateway.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of an object as they come in a body: those of one name are an array in their order. */
final class BodyMembers {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param value a text or an object, never a list */
    void add(String name, Object value) {
        switch (values.get(name)) {
            case null -> values.put(name, value);
            case Several several -> several.add(value);
            case Object first -> values.put(name, new Several(first, value));
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Map<String, Object> object() {
        return values;
    }

    /** Grows in place: a form of a million pairs of one name must not be copied a million times. */
    private static final class Several extends ArrayList<Object> {

        private static final long serialVersionUID = 1L;

        private Several(Object first, Object second) {
            super(List.of(first, second));
        }
    }
}
