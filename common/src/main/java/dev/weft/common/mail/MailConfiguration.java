package dev.weft.common.mail;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Chooses how mail leaves: by SMTP or into files. For services with settings of mail; the others have no mail library. */
@AutoConfiguration
@ConditionalOnClass(JavaMailSenderImpl.class)
@ConditionalOnProperty("weft.mail.directory")
@EnableConfigurationProperties(MailProperties.class)
class MailConfiguration {

    @Bean
    Mailer mailer(MailProperties properties, Clock clock) {
        var writer = new MailWriter(clock, properties.from(), properties.fromAllowed());
        return properties.hasServer()
                ? new SmtpMailer(sender(properties), writer)
                : new FileMailer(Path.of(properties.directory()), writer);
    }

    static JavaMailSenderImpl sender(MailProperties properties) {
        var sender = new JavaMailSenderImpl();
        sender.setHost(properties.smtpHost());
        sender.setPort(properties.smtpPort());
        var user = properties.smtpUser();
        if (user != null && !user.isBlank()) {
            sender.setUsername(user);
            sender.setPassword(properties.smtpPassword());
        }
        var settings = sender.getJavaMailProperties();
        settings.put("mail.smtp.auth", String.valueOf(user != null && !user.isBlank()));
        settings.put("mail.smtp.starttls.enable", "true");
        settings.put("mail.smtp.starttls.required", String.valueOf(properties.smtpTls()));
        // The mail library has no time limits unless they are set.
        settings.put("mail.smtp.connectiontimeout", "10000");
        settings.put("mail.smtp.timeout", "30000");
        settings.put("mail.smtp.writetimeout", "30000");
        return sender;
    }
}
