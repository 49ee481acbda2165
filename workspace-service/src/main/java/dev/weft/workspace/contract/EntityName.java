package dev.weft.workspace.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of contracts and workspaces: letters, digits, spaces, {@code -} and {@code _}, 3 to 50 of them (api-v2 5.1). */
public final class EntityName {

    public static final int SHORTEST = 3;
    public static final int LONGEST = 50;

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{M}\\p{N} _-]{3,50}");

    private EntityName() {}

    /** What is wrong with a name of that length; empty when nothing is. */
    public static Optional<String> faultOf(String name) {
        return ALLOWED.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("name may have letters, digits, spaces, - and _ only.");
    }
}
