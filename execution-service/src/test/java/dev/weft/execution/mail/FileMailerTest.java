package dev.weft.execution.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMailerTest {

    @TempDir
    private Path directory;

    @Test
    void writesOneFilePerKey() throws IOException {
        var mailer = mailer();
        var mail = new Mail("key", null, List.of("a@example.com"), "Grüße\r\nBcc: x@example.com", "täxt", "<b>h</b>");

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
                        .doesNotContain("\nBcc:");
            });
        }
        assertThat(mailer.send(new Mail("other", null, List.of("a@example.com"), "s", "t", null)))
                .isNotEqualTo(id);
    }

    @Test
    void failsWithWhatIsNoAddress() {
        assertThatThrownBy(() -> mailer().send(new Mail("k", null, List.of("no address@"), "s", "t", null)))
                .isInstanceOf(MailFailure.class);
    }

    private FileMailer mailer() {
        var clock = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
        return new FileMailer(directory, new MailWriter(clock, "weft@localhost"));
    }
}
