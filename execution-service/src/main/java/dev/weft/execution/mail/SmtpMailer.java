package dev.weft.execution.mail;

import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Hands mail to a server. A repeat after a crash is sent again, under the same message id. */
final class SmtpMailer implements Mailer {

    private final JavaMailSenderImpl sender;
    private final MailWriter writer;

    SmtpMailer(JavaMailSenderImpl sender, MailWriter writer) {
        this.sender = sender;
        this.writer = writer;
    }

    @Override
    public String send(Mail mail) {
        try {
            sender.send(writer.write(sender.getSession(), mail));
        } catch (MailException e) {
            throw new MailFailure("The mail server did not take the mail: " + e.getMessage());
        }
        return MailWriter.messageId(mail);
    }
}
