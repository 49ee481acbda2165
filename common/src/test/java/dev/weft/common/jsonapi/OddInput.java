package dev.weft.common.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queries, ids and bodies that no client of ours sends. What one reader reads for all lists or all attributes comes once;
 * what each list or attribute reads for itself comes for each of them.
 */
public final class OddInput {

    private static final String HEX = "0123456789abcdef01234567";

    /** What the reader of all queries judges; the brackets are encoded later. */
    private static final List<String> SHAPES = List.of(
            "page[size]=0",
            "page[size]=-1",
            "page[size]=1.5",
            "page[size]=1e3",
            "page[size]=",
            "page[size]=%00",
            "page[size]=99999999999999999999999",
            "page[number]=99999999999999999999999",
            "page[number]=9223372036854775807",
            "page[number]=2147483647&page[size]=2147483647",
            "page[number]=2147483648&page[size]=2147483648",
            "page[size]=1&page[size]=2",
            "page[size]=1&page[size]=x",
            "page[size][]=1",
            "page[]=1",
            "page[size",
            "page=1",
            "filter[]=1",
            "filter[=x",
            "filter=x",
            "filter[x][y]=1",
            "sort=-",
            "sort=--id",
            "sort=id,id",
            "include=,",
            "%00=1",
            "=",
            "&&&",
            "a");

    /** What each list judges for itself. */
    private static final List<String> QUERIES = List.of(
            "filter[x]=1",
            "filter[component]=a&filter[component]=b",
            "filter[component]=",
            "filter[component][]=a",
            "filter[access]=%00",
            "sort=",
            "sort=%00",
            "sort=$where",
            "include=nonsense",
            "include=members,members",
            "include=members.user.members",
            "include=%ED%A0%80",
            "email=%00",
            "email=%ED%A0%80",
            "email=a&iss=b",
            "tenant_id=",
            "tenant_id=%00",
            "contract_id=%00",
            "contract_id=",
            "workspace_id=" + HEX + "0",
            "workspace_id=" + HEX + "&workspace_id=x");

    /** What may stand where an id is expected, encoded for a path. */
    static final List<String> IDS = List.of(
            HEX.substring(1),
            HEX + "0",
            HEX.toUpperCase(Locale.ROOT),
            "%00",
            "a%00b",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%2e%2e%2f",
            "-1",
            "null",
            "$where",
            "x".repeat(5_000));

    /** One of each kind of JSON, and each odd already, for whom the kind does not disturb. */
    public static final List<String> KINDS =
            List.of("null", "true", "-1", "1e400", "\"\\ud800\"", "[null]", "{\"$set\":{\"a.b\":1}}");

    private static final List<String> NUMBERS =
            List.of("0", "0.5", "-1e-400", "1e999999999", "123456789012345678901234567890", "9".repeat(900));

    private static final List<String> TEXTS = List.of(
            "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\udc00 low first\"", "\"" + "x".repeat(70_000) + "\"");

    private static final List<String> LISTS = List.of("[]", "[[]]", "[1e400]", "[\"\\ud800\"]", "[\"\\u0000\"]");

    private static final List<String> OBJECTS = List.of(
            "{}",
            "{\"\":1}",
            "{\"a\":null}",
            "{\"a.b\":1}",
            "{\"a\\u0000b\":\"x\"}",
            "{\"\\ud800\":\"\\ud800\"}",
            "{\"a\":1e400,\"b\":123456789012345678901234567890}",
            "{\"a\":1,\"a\":2}",
            nested(300),
            nested(3_000));

    /** Names that no attribute has, as they stand between quotes. */
    private static final List<String> NAMES = List.of("", "constructor", "$where", "a.b", "\\u0000", "\\ud800");

    private static final List<String> WHOLE = List.of(
            "",
            " ",
            "null",
            "[]",
            "\"x\"",
            "{",
            "}",
            "{}",
            "{\"data\":",
            "{\"data\":null}",
            "{\"data\":[]}",
            "{\"data\":{}}",
            "{\"data\":{},\"data\":{}}",
            "{\"data\":{\"type\":1}}",
            "{\"data\":{\"type\":null,\"attributes\":null}}",
            "{\"data\":{\"type\":\"\\ud800\"}}",
            "{\"data\":{\"attributes\":[]}}",
            "{'a':1}",
            "NaN",
            "\u0000",
            "\ufeff{}",
            nested(3_000),
            "[".repeat(100_000));

    private OddInput() {}

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    /** Odd JSON in place of this value: one of each kind, and what is odd among its own kind. */
    public static List<String> insteadOf(String value) {
        var own = switch (value.charAt(0)) {
            case '"' -> TEXTS;
            case '[' -> LISTS;
            case '{' -> OBJECTS;
            default -> NUMBERS;
        };
        return Stream.concat(KINDS.stream(), own.stream()).toList();
    }

    static List<String> shapesOf(String path) {
        return queries(path, SHAPES);
    }

    static List<String> queriesOf(String path) {
        return queries(path, QUERIES);
    }

    /** The path with each of the queries, whose brackets are encoded here, behind those that it has. */
    static List<String> queries(String path, List<String> queries) {
        var joint = path.contains("?") ? "&" : "?";
        return queries.stream()
                .map(query -> path + joint + query.replace("[", "%5B").replace("]", "%5D"))
                .toList();
    }

    /**
     * Bodies that are odd in one place each.
     *
     * @param id         of the document; null for one without
     * @param attributes valid ones, as JSON by name
     * @param related    ids of to-one relationships by name, their types named alike
     */
    public static List<String> bodies(
            String type, @Nullable String id, Map<String, String> attributes, Map<String, String> related) {
        var bodies = new ArrayList<>(WHOLE);
        var members = new LinkedHashMap<String, String>();
        members.put("type", "\"" + type + "\"");
        members.put("id", "\"" + (id == null ? "" : id) + "\"");
        members.put("attributes", object(attributes));
        members.put("relationships", object(relationships(related)));
        var places = List.copyOf(members.keySet());
        if (id == null) {
            members.remove("id");
        }
        for (var place : places) {
            for (var value : insteadOf(members.getOrDefault(place, "\"\""))) {
                bodies.add(document(members, place, value));
            }
        }
        attributes.forEach((name, valid) -> insteadOf(valid)
                .forEach(value -> bodies.add(document(members, "attributes", object(with(attributes, name, value))))));
        for (var name : NAMES) {
            bodies.add(document(members, "attributes", object(with(attributes, name, "1"))));
        }
        related.forEach((name, _) -> {
            for (var value : KINDS) {
                bodies.add(document(members, "relationships", object(with(relationships(related), name, value))));
            }
            for (var value : KINDS) {
                var odd = "{\"data\":" + value + "}";
                bodies.add(document(members, "relationships", object(with(relationships(related), name, odd))));
            }
            for (var value : insteadOf("\"id\"")) {
                var odd = "{\"data\":{\"type\":\"" + name + "\",\"id\":" + value + "}}";
                bodies.add(document(members, "relationships", object(with(relationships(related), name, odd))));
            }
        });
        return bodies;
    }

    private static Map<String, String> relationships(Map<String, String> related) {
        var all = new LinkedHashMap<String, String>();
        related.forEach((name, id) -> all.put(name, "{\"data\":{\"type\":\"" + name + "\",\"id\":\"" + id + "\"}}"));
        return all;
    }

    private static String document(Map<String, String> members, String name, String value) {
        return "{\"data\":" + object(with(members, name, value)) + "}";
    }

    private static Map<String, String> with(Map<String, String> members, String name, String value) {
        var changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return changed;
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
