package dev.weft.common.mail;

import dev.weft.common.id.Ids;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Makes the MIME message of a mail. */
final class MailWriter {

    private static final int RECIPIENTS = 100;
    private static final int SUBJECT = 8 * 1024;

    private final Clock clock;
    private final String from;
    private final Set<String> fromAllowed;

    /**
     * @param from        who mail comes from
     * @param fromAllowed domains in lower case, for which a mail may say something else
     */
    MailWriter(Clock clock, String from, Set<String> fromAllowed) {
        this.clock = clock;
        this.from = from;
        this.fromAllowed = Set.copyOf(fromAllowed);
    }

    MimeMessage write(Session session, Mail mail) {
        try {
            var message = new KeyedMessage(session, messageId(mail));
            var text = mail.text();
            var html = mail.html();
            requireCharacters("text", text);
            requireCharacters("html", html);
            var helper = new MimeMessageHelper(message, text != null && html != null, StandardCharsets.UTF_8.name());
            helper.setFrom(from);
            sender(mail, helper);
            helper.setTo(recipients(mail));
            helper.setSubject(subject(mail));
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
            throw MailFailure.quoting("The mail can not be written: " + e.getMessage());
        }
    }

    /** Sets the step's {@code from}: an address of an allowed domain becomes From, any other one Reply-To only. */
    private void sender(Mail mail, MimeMessageHelper helper) throws MessagingException {
        if (mail.from() == null) {
            return;
        }
        var senders = MailAddresses.parse("from", List.of(mail.from()));
        if (senders.size() != 1) {
            throw new MailFailure("from must give one address.");
        }
        if (fromAllowed.contains(MailAddresses.domain(senders.getFirst()))) {
            helper.setFrom(senders.getFirst());
        } else {
            helper.setReplyTo(senders.getFirst());
        }
    }

    private static InternetAddress[] recipients(Mail mail) {
        var recipients = MailAddresses.parse("to", mail.to());
        if (recipients.isEmpty()) {
            throw new MailFailure("to gives no address.");
        }
        if (recipients.size() > RECIPIENTS) {
            throw new MailFailure(
                    "to gives " + recipients.size() + " recipients: at most " + RECIPIENTS + " are possible.");
        }
        return recipients.toArray(InternetAddress[]::new);
    }

    private static String subject(Mail mail) {
        var subject = mail.subject();
        requireCharacters("subject", subject);
        if (subject.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new MailFailure("subject holds a line end or another control character.");
        }
        if (subject.getBytes(StandardCharsets.UTF_8).length > SUBJECT) {
            throw new MailFailure("subject is longer than 8 KiB.");
        }
        return subject;
    }

    /** Of half a surrogate pair a question mark would be sent. */
    static void requireCharacters(String field, @Nullable String text) {
        if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MailFailure(field + " holds half a character.");
        }
    }

    static String messageId(Mail mail) {
        return "<" + Ids.sha256(mail.key()).substring(0, 40) + "@weft>";
    }

    /** A message that keeps its Message-ID: the library makes a new one at each save. */
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
