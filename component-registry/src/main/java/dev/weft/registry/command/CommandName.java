package dev.weft.registry.command;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command of a step, {@code team/component:method[@version]}; the version is a revision of 40 hex characters or
 * {@code latest}, which is also the default (api-v2 9.2).
 */
record CommandName(String team, String component, String method, String version) {

    static final String LATEST = "latest";

    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9_-]{1,64})/([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_]{1,128})(?:@([0-9a-f]{40}|latest))?");

    static Optional<CommandName> parse(String command) {
        var match = FORM.matcher(command);
        if (!match.matches()) {
            return Optional.empty();
        }
        var version = match.group(4);
        return Optional.of(
                new CommandName(match.group(1), match.group(2), match.group(3), version == null ? LATEST : version));
    }
}
