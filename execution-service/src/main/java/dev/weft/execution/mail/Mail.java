package dev.weft.execution.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail to send.
 *
 * @param key  what it stands for: its id is made of it, and a second one of the same key replaces a file
 * @param from null: the installation's own address; else answers go there
 * @param to   each one address or several, as people write them
 */
public record Mail(
        String key,
        @Nullable String from,
        List<String> to,
        String subject,
        @Nullable String text,
        @Nullable String html) {

    public Mail {
        to = List.copyOf(to);
    }
}
