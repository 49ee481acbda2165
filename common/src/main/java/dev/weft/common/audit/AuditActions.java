package dev.weft.common.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table {@code actions.txt}: what each writing endpoint does, and each one that shows secrets in clear. A method that an
 * endpoint does not have gets a name made of path and method, {@code audit.delete}.
 */
public final class AuditActions {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");
    private static final Map<String, String> VERBS =
            Map.of("POST", "create", "PUT", "replace", "PATCH", "update", "DELETE", "delete");

    private final Map<String, AuditAction> actions = new HashMap<>();
    private final Set<String> names;

    private AuditActions(String table) {
        table.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(this::add);
        names = actions.values().stream().map(AuditAction::name).collect(Collectors.toUnmodifiableSet());
    }

    public static AuditActions ofTable() {
        try (var table = AuditActions.class.getResourceAsStream("actions.txt")) {
            if (table == null) {
                throw new IllegalStateException("actions.txt is missing.");
            }
            return new AuditActions(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        var words = line.split(" +", -1);
        if (!NAME.matcher(words[2]).matches()) {
            throw new IllegalArgumentException("No name of an action: " + line);
        }
        if (actions.put(key(words[0], words[1]), AuditAction.of(words[2], words[1])) != null) {
            throw new IllegalArgumentException("Listed twice: " + line);
        }
    }

    /** Services call the variables of a path as they like. */
    private static String key(String method, String pattern) {
        return method + " " + VARIABLE.matcher(pattern).replaceAll("{}");
    }

    /** Whether a request with this method asks for a change. */
    public static boolean isWriting(String method) {
        return VERBS.containsKey(method);
    }

    public Optional<AuditAction> find(String method, String pattern) {
        return Optional.ofNullable(actions.get(key(method, pattern)));
    }

    /** The same, with a name for what is not in the table: nothing that writes goes unrecorded. */
    public AuditAction of(String method, String pattern) {
        return find(method, pattern).orElseGet(() -> AuditAction.of(named(method, pattern), pattern));
    }

    private String named(String method, String pattern) {
        var object = VERBS.keySet().stream()
                .sorted()
                .flatMap(other -> find(other, pattern).stream())
                .map(AuditAction::object)
                .findFirst()
                .orElseGet(() -> lastWord(pattern));
        return object + "." + VERBS.getOrDefault(method, "read");
    }

    /** {@code audit} of {@code /v2/audit}, {@code log} of {@code /v2/logs}. */
    private static String lastWord(String pattern) {
        var words = VARIABLE.matcher(pattern).replaceAll("").replaceAll("/+$", "");
        var last = words.substring(words.lastIndexOf('/') + 1);
        return last.endsWith("s") ? last.substring(0, last.length() - 1) : last;
    }

    /** Whether there can be an entry with this action. */
    public boolean knows(String name) {
        return names.contains(name)
                || (NAME.matcher(name).matches() && VERBS.containsValue(name.substring(name.indexOf('.') + 1)));
    }
}
