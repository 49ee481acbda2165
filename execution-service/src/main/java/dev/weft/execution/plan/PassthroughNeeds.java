package dev.weft.execution.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier steps' outputs expressions may read; once it is {@code all} it stays so. Fields of steps are searched
 * as text, since only the step knows which of them are expressions: that may find too many names, never too few.
 */
final class PassthroughNeeds {

    private static final Pattern MENTION =
            Pattern.compile("elasticio(\\s*\\.\\s*(?:`([^`]+)`|\"([^\"]+)\"|([A-Za-z_][A-Za-z0-9_]*)))?");
    private static final Pattern WHOLE = Pattern.compile("\\$\\s*(?:getPassthrough|msg|eval)\\b");

    private final Set<String> names = new HashSet<>();
    private boolean all;

    void addAll() {
        all = true;
    }

    /** As expressions tell it: empty is all. */
    void add(Optional<Set<String>> named) {
        named.ifPresentOrElse(names::addAll, this::addAll);
    }

    void add(PassthroughNeeds other) {
        all |= other.all;
        names.addAll(other.names);
    }

    boolean include(String step) {
        return all || names.contains(step);
    }

    /** All texts in a field, however deep. */
    void addText(@Nullable Object field) {
        switch (field) {
            case String text -> read(text);
            case Map<?, ?> members -> members.values().forEach(this::addText);
            case Collection<?> elements -> elements.forEach(this::addText);
            case null, default -> {}
        }
    }

    private void read(String text) {
        if (WHOLE.matcher(text).find()) {
            addAll();
        }
        var mention = MENTION.matcher(text);
        while (mention.find()) {
            var name = firstOf(mention.group(2), mention.group(3), mention.group(4));
            if (name == null) {
                addAll();
            } else {
                names.add(name);
            }
        }
    }

    private static @Nullable String firstOf(@Nullable String... groups) {
        for (var group : groups) {
            if (group != null) {
                return group;
            }
        }
        return null;
    }
}
