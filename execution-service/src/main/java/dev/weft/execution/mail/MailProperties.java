package dev.weft.execution.mail;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where mail goes.
 *
 * @param smtpHost empty: into files
 * @param directory of the files
 * @param from     who it comes from when a step does not say
 */
@ConfigurationProperties("weft.mail")
record MailProperties(
        @Nullable String smtpHost,
        int smtpPort,
        @Nullable String smtpUser,
        @Nullable String smtpPassword,
        boolean smtpTls,
        String directory,
        String from) {

    boolean hasServer() {
        return smtpHost != null && !smtpHost.isBlank();
    }
}
