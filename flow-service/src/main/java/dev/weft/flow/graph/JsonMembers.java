package dev.weft.flow.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads members of one JSON object, given as plain values, and reports those of a wrong type. Null counts as absent. */
final class JsonMembers {

    private static final Pattern ENTITY = Pattern.compile("[0-9a-f]{24}");

    private final Map<?, ?> object;
    private final String path;
    private final GraphFaults faults;

    JsonMembers(Map<?, ?> object, String path, GraphFaults faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    boolean has(String name) {
        return object.get(name) != null;
    }

    void fault(String name, String detail) {
        faults.add(path + GraphFaults.part(name), detail);
    }

    @Nullable
    String text(String name) {
        var value = object.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        fault(name, name + " must be a string.");
        return null;
    }

    String textOrEmpty(String name) {
        var value = text(name);
        return value == null ? "" : value;
    }

    /** An entity id of 24 hex characters. */
    @Nullable
    String id(String name) {
        var value = text(name);
        if (value != null && !ENTITY.matcher(value).matches()) {
            fault(name, value + " is not an identifier.");
            return null;
        }
        return value;
    }

    boolean flag(String name) {
        var value = object.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        fault(name, name + " must be true or false.");
        return false;
    }

    List<String> ids(String name) {
        var value = object.get(name);
        if (value == null) {
            return List.of();
        }
        var ids = new ArrayList<String>();
        if (value instanceof List<?> list) {
            for (var element : list) {
                if (element instanceof String id && ENTITY.matcher(id).matches()) {
                    ids.add(id);
                }
            }
            if (ids.size() == list.size()) {
                return ids;
            }
        }
        fault(name, name + " must be a list of identifiers.");
        return List.of();
    }

    /** A nested object; an empty one when it is absent or something else. */
    Map<String, @Nullable Object> object(String name) {
        var value = object.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> found) {
            var members = new LinkedHashMap<String, @Nullable Object>();
            found.forEach((key, member) -> members.put(String.valueOf(key), member));
            return members;
        }
        fault(name, name + " must be an object.");
        return Map.of();
    }

    @Nullable
    Object raw(String name) {
        return object.get(name);
    }
}
