package dev.weft.common.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail to send.
 *
 * @param key  its Message-ID is made of it; a second mail of the same key replaces the file of the first
 * @param from null: the installation's own address; else at least the Reply-To ({@code MailWriter})
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
