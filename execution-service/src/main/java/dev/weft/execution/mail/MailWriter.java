package dev.weft.execution.mail;

import dev.weft.common.id.Ids;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Makes the message of a mail. */
final class MailWriter {

    private final Clock clock;
    private final String from;

    MailWriter(Clock clock, String from) {
        this.clock = clock;
        this.from = from;
    }

    MimeMessage write(Session session, Mail mail) {
        try {
            var message = new KeyedMessage(session, messageId(mail));
            var text = mail.text();
            var html = mail.html();
            var helper = new MimeMessageHelper(message, text != null && html != null, StandardCharsets.UTF_8.name());
            helper.setFrom(mail.from() == null ? from : mail.from());
            helper.setTo(mail.to().toArray(String[]::new));
            helper.setSubject(mail.subject().replaceAll("[\\r\\n]+", " "));
            helper.setSentDate(Date.from(clock.instant()));
            if (text != null && html != null) {
                helper.setText(text, html);
            } else if (html != null) {
                helper.setText(html, true);
            } else {
                helper.setText(text == null ? "" : text);
            }
            message.saveChanges();
            return message;
        } catch (MessagingException e) {
            throw new MailFailure("The mail can not be written: " + e.getMessage());
        }
    }

    static String messageId(Mail mail) {
        return "<" + Ids.sha256(mail.key()).substring(0, 40) + "@weft>";
    }

    /** A message whose id is not made anew whenever it is saved. */
    private static final class KeyedMessage extends MimeMessage {

        private final String messageId;

        KeyedMessage(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
