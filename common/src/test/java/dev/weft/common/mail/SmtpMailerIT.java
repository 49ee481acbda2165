package dev.weft.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail goes to an SMTP server that wants TLS and a login. */
class SmtpMailerIT {

    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02Z");

    @TempDir
    private static Path directory;

    @Test
    void sendsAMailWithTextAndHtmlToAll() throws Exception {
        try (var server = new ReceivingServer(directory, "localhost")) {
            var mail = new Mail(
                    "effect",
                    "Grüße <me@example.com>",
                    List.of("ann@example.com", "Bob Öz <bob@example.com>"),
                    "Größe: 5 µm – ≥ 3",
                    "täxt\n.\nend",
                    "<b>hühü</b>");

            var id = mailer(server, ReceivingServer.PASSWORD).send(mail);

            assertThat(server.recipients()).containsExactly("ann@example.com", "bob@example.com");
            var taken = parsed(server.mails().getFirst());
            assertThat(taken.getMessageID()).isEqualTo(id);
            assertThat(taken.getSubject()).isEqualTo("Größe: 5 µm – ≥ 3");
            assertThat(taken.getFrom()[0].toString()).contains("me@example.com");
            assertThat(taken.getAllRecipients()).hasSize(2);
            assertThat(taken.getSentDate()).isEqualTo(NOW);
            assertThat(texts(taken)).containsExactly("text/plain: täxt\n.\nend", "text/html: <b>hühü</b>");
        }
    }

    @Test
    void aRepeatHasTheIdOfTheFirst() throws Exception {
        try (var server = new ReceivingServer(directory, "localhost")) {
            var mailer = mailer(server, ReceivingServer.PASSWORD);

            mailer.send(mail("effect", "ann@example.com"));
            mailer.send(mail("effect", "ann@example.com"));
            mailer.send(mail("another", "ann@example.com"));

            var ids = new ArrayList<String>();
            for (var mail : server.mails()) {
                ids.add(parsed(mail).getMessageID());
            }
            assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
        }
    }

    @Test
    void oneRefusedAddressMeansNoMailForAnybody() throws Exception {
        try (var server = new ReceivingServer(directory, "localhost")) {
            var failure = failure(server, ReceivingServer.PASSWORD, "ann@example.com", "nobody@example.com");

            assertThat(failure.text()).isEqualTo("The mail server refused nobody@example.com: 550 No such user here");
            assertThat(failure.isQuoting()).isTrue();
            assertThat(failure.isPassing()).isFalse();
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedForNowMayComeAgain() throws Exception {
        try (var server = new ReceivingServer(directory, "localhost")) {
            var failure = failure(server, ReceivingServer.PASSWORD, "later@example.com");

            assertThat(failure.text()).contains("451 Try again later");
            assertThat(failure.isPassing()).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsAFailureThatDoesNotTellIt() throws Exception {
        try (var server = new ReceivingServer(directory, "localhost")) {
            var failure = failure(server, "a wrong password", "ann@example.com");

            assertThat(failure.text())
                    .startsWith("The mail server refused the mail: 535 ")
                    .doesNotContain("a wrong password");
            assertThat(failure.isPassing()).isFalse();
        }
    }

    @Test
    void aServerThatIsAwayMayBeBackLater() throws Exception {
        var server = new ReceivingServer(directory, "localhost");
        var mailer = mailer(server, ReceivingServer.PASSWORD);
        server.close();

        var failure = catchThrowableOfType(MailFailure.class, () -> mailer.send(mail("effect", "ann@example.com")));

        assertThat(failure.text()).isEqualTo("The mail server can not be reached.");
        assertThat(failure.isPassing()).isTrue();
    }

    @Test
    void aServerThatTalksWithoutEndIsLeftInTime() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> talk(server));
            var properties =
                    new MailProperties("localhost", server.getLocalPort(), "", "", false, "unused", "a@b.test", "");
            var mailer = new SmtpMailer(
                    MailConfiguration.sender(properties),
                    new MailWriter(Clock.fixed(NOW, ZoneOffset.UTC), properties.from(), properties.fromAllowed()),
                    Duration.ofMillis(500));

            var started = System.nanoTime();
            var failure = catchThrowableOfType(MailFailure.class, () -> mailer.send(mail("effect", "ann@example.com")));

            assertThat(failure.text()).isEqualTo("The mail server can not be reached.");
            assertThat(failure.isPassing()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
        }
    }

    /** A greeting that goes on and on. */
    private static void talk(ServerSocket server) {
        try (var client = server.accept()) {
            for (var i = 0; i < 600; i++) {
                client.getOutputStream().write("220-more\r\n".getBytes(StandardCharsets.US_ASCII));
                LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException _) {
            // The client has left.
        }
    }

    @Test
    void aServerWithTheCertificateOfAnotherOneGetsNothing() throws Exception {
        try (var server = new ReceivingServer(directory, "other.example.com")) {
            var failure = failure(server, ReceivingServer.PASSWORD, "ann@example.com");

            assertThat(failure.text()).isEqualTo("The mail server could not prove who it is.");
            assertThat(failure.isPassing()).isFalse();
        }
    }

    private static MailFailure failure(ReceivingServer server, String password, String... to) throws Exception {
        var mailer = mailer(server, password);
        return catchThrowableOfType(MailFailure.class, () -> mailer.send(mail("effect", to)));
    }

    private static Mail mail(String key, String... to) {
        return new Mail(key, null, List.of(to), "s", "t", null);
    }

    private static SmtpMailer mailer(ReceivingServer server, String password) throws Exception {
        var properties = new MailProperties(
                "localhost",
                server.port(),
                ReceivingServer.USER,
                password,
                true,
                "unused",
                "weft@localhost",
                "example.com");
        var sender = MailConfiguration.sender(properties);
        sender.getJavaMailProperties().put("mail.smtp.ssl.socketFactory", server.trusting());
        return new SmtpMailer(
                sender, new MailWriter(Clock.fixed(NOW, ZoneOffset.UTC), properties.from(), properties.fromAllowed()));
    }

    private static MimeMessage parsed(byte[] mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
    }

    /** Type and content of the parts that are no multipart. */
    private static List<String> texts(Part part) throws Exception {
        var texts = new ArrayList<String>();
        if (part.getContent() instanceof Multipart parts) {
            for (var i = 0; i < parts.getCount(); i++) {
                texts.addAll(texts(parts.getBodyPart(i)));
            }
        } else {
            var type = part.getContentType().replaceAll(";.*", "");
            texts.add(type + ": "
                    + part.getContent().toString().replace("\r\n", "\n").strip());
        }
        return texts;
    }
}
