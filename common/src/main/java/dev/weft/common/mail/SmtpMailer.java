package dev.weft.common.mail;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Hands a mail to the server for all of its addresses or for none. After a crash it may be sent again, under the same
 * Message-ID.
 */
final class SmtpMailer implements Mailer {

    private static final Logger log = LoggerFactory.getLogger(SmtpMailer.class);
    /** What a server answers to what it does not do: 4 for not now, 5 for never (RFC 5321, 4.2.1). */
    private static final Pattern REFUSAL = Pattern.compile("[45]\\d\\d[ -].*", Pattern.DOTALL);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final JavaMailSenderImpl sender;
    private final TimedSockets sockets = new TimedSockets();
    private final Duration limit;
    private final MailWriter writer;

    SmtpMailer(JavaMailSenderImpl sender, MailWriter writer) {
        this(sender, writer, LIMIT);
    }

    /** @param limit of the whole talk with the server */
    SmtpMailer(JavaMailSenderImpl sender, MailWriter writer, Duration limit) {
        this.sender = sender;
        this.writer = writer;
        this.limit = limit;
        sender.getJavaMailProperties().put("mail.smtp.socketFactory", sockets);
    }

    @Override
    public Duration longest() {
        return limit;
    }

    @Override
    public String send(Mail mail) {
        try {
            var message = writer.write(sender.getSession(), mail);
            sockets.within(limit, () -> sender.send(message));
        } catch (MailException e) {
            throw failure(e);
        }
        return MailWriter.messageId(mail);
    }

    private static MailFailure failure(MailException e) {
        var causes = causes(e);
        var answer = causes.stream()
                .map(cause -> String.valueOf(cause.getMessage()).strip())
                .filter(text -> REFUSAL.matcher(text).matches())
                .findFirst();
        if (answer.isPresent()) {
            return new MailFailure(
                    "The mail server refused " + refused(causes) + ": " + answer.get(),
                    answer.get().startsWith("4"),
                    true);
        }
        // Logged only: the exception names the server, which the tenant must not see.
        log.warn(
                "Mail can not be handed to the mail server: {}",
                causes.getLast().toString());
        if (causes.stream().anyMatch(SSLException.class::isInstance)) {
            return new MailFailure("The mail server could not prove who it is.");
        }
        var isUnreachable = causes.stream().anyMatch(IOException.class::isInstance)
                || causes.stream().anyMatch(cause -> "[EOF]".equals(cause.getMessage()));
        return isUnreachable
                ? new MailFailure("The mail server can not be reached.", true)
                : new MailFailure("The mail could not be handed to the mail server.");
    }

    private static List<Throwable> causes(MailException e) {
        var causes = new ArrayList<Throwable>();
        Throwable first = e instanceof MailSendException failed && failed.getMessageExceptions().length > 0
                ? failed.getMessageExceptions()[0]
                : e;
        for (var cause = first; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static String refused(List<Throwable> causes) {
        var addresses = causes.stream()
                .filter(SendFailedException.class::isInstance)
                .map(cause -> ((SendFailedException) cause).getInvalidAddresses())
                .filter(invalid -> invalid != null)
                .flatMap(Arrays::stream)
                .map(Address::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return addresses.isEmpty() ? "the mail" : addresses;
    }
}
