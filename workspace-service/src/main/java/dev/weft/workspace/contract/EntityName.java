package dev.weft.workspace.contract;

import dev.weft.common.jsonapi.Fields;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of contracts and workspaces: letters, digits, spaces, {@code -} and {@code _}, 3 to 50 of them (api-v2 5.1). */
public final class EntityName {

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{M}\\p{N} _-]{3,50}");

    private EntityName() {}

    public static String required(Fields fields) {
        if (!fields.has("name")) {
            fields.problem("name", "name is required.");
            return "";
        }
        var name = optional(fields);
        return name == null ? "" : name;
    }

    /** Null when no name was sent, or a wrong one; the fault is left in {@code fields}. */
    public static @Nullable String optional(Fields fields) {
        var name = fields.text("name", 3, 50).orElse(null);
        if (name != null && !ALLOWED.matcher(name).matches()) {
            fields.problem("name", "name may have letters, digits, spaces, - and _ only.");
            return null;
        }
        return name;
    }
}
