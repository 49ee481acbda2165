package dev.weft.common.mail;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of mail.
 *
 * @param smtpHost empty: into files
 * @param directory of the files
 * @param from      the installation's sender address
 * @param fromAllow domains whose addresses a step may use as sender instead, separated by commas or blanks
 */
@ConfigurationProperties("weft.mail")
record MailProperties(
        @Nullable String smtpHost,
        int smtpPort,
        @Nullable String smtpUser,
        @Nullable String smtpPassword,
        boolean smtpTls,
        String directory,
        String from,
        @Nullable String fromAllow) {

    /** Domains in lower case. */
    Set<String> fromAllowed() {
        return fromAllow == null
                ? Set.of()
                : Stream.of(fromAllow.split("[,\\s]+"))
                        .filter(domain -> !domain.isEmpty())
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    boolean hasServer() {
        return smtpHost != null && !smtpHost.isBlank();
    }
}
