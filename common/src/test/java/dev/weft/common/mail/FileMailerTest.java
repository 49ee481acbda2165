package dev.weft.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileMailerTest {

    @TempDir
    private Path directory;

    @Test
    void writesOneFilePerKey() throws IOException {
        var mailer = mailer();
        var mail = new Mail("key", null, List.of("a@example.com"), "Grüße", "täxt", "<b>h</b>");

        var id = mailer.send(mail);
        var again = mailer.send(mail);

        assertThat(again).isEqualTo(id).startsWith("<").endsWith("@weft>");
        try (var files = Files.list(directory)) {
            assertThat(files).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString()).endsWith(".eml");
                assertThat(Files.readString(file))
                        .contains("Message-ID: " + id)
                        .contains("To: a@example.com")
                        .contains("From: weft@localhost")
                        .contains("multipart/")
                        .contains("Subject: =?UTF-8?");
            });
        }
        assertThat(mailer.send(new Mail("other", null, List.of("a@example.com"), "s", "t", null)))
                .isNotEqualTo(id);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"Doe, Jane\" <j@x.test>                   | Doe, Jane <j@x.test>",
                "a@x.test, Bob Öz <b@x.test>                | <a@x.test> Bob Öz <b@x.test>",
                "Team: a@x.test, \"C, D\" <c@x.test>;, e@x.test | <a@x.test> C, D <c@x.test> <e@x.test>",
                "jo@müller.test                             | <jo@xn--mller-kva.test>",
                "\"a@b\"@x.test                              | <\"a@b\"@x.test>",
            })
    void takesAddressesAsPeopleWriteThem(String to, String known) throws Exception {
        mailer().send(new Mail("k", null, List.of(to), "s", "t", null));

        var shown = new StringJoiner(" ");
        for (var address : written().getAllRecipients()) {
            var recipient = (InternetAddress) address;
            var name = recipient.getPersonal() == null ? "" : recipient.getPersonal() + " ";
            shown.add(name + "<" + recipient.getAddress() + ">");
        }
        assertThat(shown.toString()).isEqualTo(known);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "no address@",
                "nobody",
                "a@x.test\r\nBcc: b@x.test",
                "a@x.test\nb@x.test",
                "a@x.test; b@x.test",
                "jané@x.test",
                "a@x..test",
                "",
                "undisclosed-recipients:;",
            })
    void failsWithWhatIsNoAddress(String to) {
        assertThatThrownBy(() -> mailer().send(new Mail("k", null, List.of(to), "s", "t", null)))
                .isInstanceOf(MailFailure.class)
                .hasMessageStartingWith("to ")
                // What stands behind a colon is the address, or what the library says of it.
                .satisfies(failure -> assertThat(((MailFailure) failure).isQuoting())
                        .isEqualTo(failure.getMessage().contains(": ")));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void sendsToAHundredRecipientsAtMost() throws Exception {
        var hundred = IntStream.range(0, 100).mapToObj(n -> "a" + n + "@x.test").toList();
        mailer().send(new Mail("k", null, hundred, "s", "t", null));
        assertThat(written().getAllRecipients()).hasSize(100);

        var more = List.of(String.join(",", hundred), "b@x.test");
        assertThatThrownBy(() -> mailer().send(new Mail("k", null, more, "s", "t", null)))
                .isInstanceOf(MailFailure.class)
                .hasMessageContaining("101 recipients");
    }

    @Test
    void failsWithHalfACharacter() {
        var half = "\uD800";
        var mails = Map.of(
                "to", new Mail("k", null, List.of(half + " <a@x.test>"), "s", "t", null),
                "from", new Mail("k", half + " <b@x.test>", List.of("a@x.test"), "s", "t", null),
                "subject", new Mail("k", null, List.of("a@x.test"), half, "t", null),
                "text", new Mail("k", null, List.of("a@x.test"), "s", half, null),
                "html", new Mail("k", null, List.of("a@x.test"), "s", "t", half));

        mails.forEach((field, mail) -> assertThatThrownBy(() -> mailer().send(mail))
                .isInstanceOf(MailFailure.class)
                .hasMessageStartingWith(field + " "));
    }

    @Test
    void failsWithASubjectThatWouldBeAnotherHeader() {
        for (var subject : List.of("a\r\nBcc: b@x.test", "a\nb", "a\n", "a\u0000", "ü".repeat(5_000))) {
            assertThatThrownBy(() -> mailer().send(new Mail("k", null, List.of("a@x.test"), subject, "t", null)))
                    .isInstanceOf(MailFailure.class)
                    .hasMessageStartingWith("subject ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "me@own.test           | me@own.test    |",
                "Me <me@OWN.test>      | me@OWN.test    |",
                "me@other.test         | weft@localhost | me@other.test",
                "me@sub.own.test       | weft@localhost | me@sub.own.test",
                "                      | weft@localhost |",
            })
    void saysAnotherSenderOnlyWhereThatIsAllowed(String from, String sender, String replyTo) throws Exception {
        mailer().send(new Mail("k", from, List.of("a@x.test"), "s", "t", null));

        var written = written();
        assertThat(((InternetAddress) written.getFrom()[0]).getAddress()).isEqualTo(sender);
        assertThat(written.getHeader("Reply-To", ",")).isEqualTo(replyTo);
    }

    @Test
    void failsWithSeveralSenders() {
        assertThatThrownBy(() ->
                        mailer().send(new Mail("k", "a@own.test, b@own.test", List.of("a@x.test"), "s", "t", null)))
                .isInstanceOf(MailFailure.class)
                .hasMessageStartingWith("from ");
    }

    private MimeMessage written() throws Exception {
        try (var files = Files.list(directory)) {
            var file = files.findFirst().orElseThrow();
            return new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(Files.readAllBytes(file)));
        }
    }

    private FileMailer mailer() {
        var clock = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
        return new FileMailer(directory, new MailWriter(clock, "weft@localhost", Set.of("own.test")));
    }
}
