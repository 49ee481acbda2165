package dev.weft.common.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Queries, ids and bodies that no client of ours sends, for the tests that every service answers them with a reason. */
public final class OddInput {

    private static final String HEX = "0123456789abcdef01234567";

    /** What may stand in a query; the brackets are encoded. */
    private static final List<String> QUERIES = List.of(
            "page[size]=0",
            "page[size]=-1",
            "page[size]=1.5",
            "page[size]=1e3",
            "page[size]=",
            "page[size]=%00",
            "page[size]=99999999999999999999999",
            "page[number]=99999999999999999999999",
            "page[number]=2147483647&page[size]=2147483647",
            "page[size]=1&page[size]=2",
            "page[size]=1&page[size]=x",
            "page[]=1",
            "page[size",
            "page=1",
            "filter[x]=1",
            "filter[]=1",
            "filter[x][y]=1",
            "filter[component]=a&filter[component]=b",
            "filter[component]=",
            "filter[component][]=a",
            "filter[access]=%00",
            "sort=",
            "sort=-",
            "sort=%00",
            "sort=id,id",
            "include=nonsense",
            "include=,",
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
            "workspace_id=" + HEX + "&workspace_id=x",
            "=",
            "&&&",
            "a");

    /** What may stand where an id is expected, encoded for a path. */
    public static final List<String> IDS = List.of(
            HEX.substring(1),
            HEX + "0",
            HEX.toUpperCase(java.util.Locale.ROOT),
            "%00",
            "a%00b",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "-1",
            "null",
            "$where",
            "x".repeat(3_000));

    /** JSON that no attribute is meant to have. */
    public static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "0.5",
            "1e400",
            "123456789012345678901234567890",
            "9".repeat(900),
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00 low first\"",
            "\"" + "x".repeat(70_000) + "\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[1e400]",
            "[\"\\ud800\"]",
            "[\"\\u0000\"]",
            "{\"\":1}",
            "{\"a.b\":1}",
            "{\"$set\":{\"a\":1}}",
            "{\"a\\u0000b\":\"x\"}",
            "{\"\\ud800\":\"\\ud800\"}",
            "{\"a\":1e400,\"b\":123456789012345678901234567890}",
            "{\"a\":1,\"a\":2}",
            nested(300),
            nested(3_000));

    private static final List<String> WHOLE = List.of(
            "",
            " ",
            "null",
            "[]",
            "\"x\"",
            "{",
            "{}",
            "{\"data\":null}",
            "{\"data\":[]}",
            "{\"data\":{}}",
            "{\"data\":{\"type\":1}}",
            "{\"data\":{\"type\":null,\"attributes\":null}}",
            "{\"data\":{\"type\":\"\\ud800\"}}",
            "{\"data\":{\"attributes\":[]}}",
            "\ufeff{}",
            nested(3_000),
            "[".repeat(100_000));

    private OddInput() {}

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    /** Paths with each odd query, and with {@code required} ones before it. */
    public static List<String> queriesOf(String path) {
        var joint = path.contains("?") ? "&" : "?";
        return QUERIES.stream()
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
        if (id != null) {
            members.put("id", "\"" + id + "\"");
        }
        members.put("attributes", object(attributes));
        members.put("relationships", object(relationships(related)));
        for (var value : VALUES) {
            for (var name : List.of("type", "id", "attributes", "relationships")) {
                bodies.add(document(members, name, value));
            }
            for (var name : attributes.keySet()) {
                bodies.add(document(members, "attributes", object(with(attributes, name, value))));
            }
            for (var name : related.keySet()) {
                for (var odd : List.of(value, "{\"data\":" + value + "}", "{\"data\":{\"id\":" + value + "}}")) {
                    bodies.add(document(members, "relationships", object(with(relationships(related), name, odd))));
                }
            }
        }
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
