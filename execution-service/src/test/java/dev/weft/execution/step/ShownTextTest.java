package dev.weft.execution.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.egress.ShownText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    https://user:pw@host/a              | https://host/a
                    see http://token@host:80, or call   | see http://host:80, or call
                    a http://u:p@one/ b ftp://u:p@two c | a http://one/ b ftp://two c
                    amqp://u:p@x@host/%2f               | amqp://host/%2f
                    {"url":"https:\\/\\/u:p@host\\/a"}  | {"url":"https:\\/\\/host\\/a"}
                    https://[::1]:80/                   | https://[::1]:80/
                    https://u:p@[::1]:80/               | https://[::1]:80/
                    https://u:p@                        | https://
                    https://host/?to=a@b.example        | https://host/?to=a@b.example
                    https://host/a@b?c@d                | https://host/a@b?c@d
                    https://host?next=http://u:p@inner/ | https://host?next=http://inner/
                    mail to a@b.example: now            | mail to a@b.example: now
                    at https://u:p w@host/a, again      | at https://host/a, again
                    https://u:p"w'<`@host/a             | https://host/a
                    https://u:p/w?x#y\\z@host/a         | https://host/a
                    https://ada lovelace:pw@host and b  | https://host and b
                    https://ada@corp:p w@host           | https://host
                    https://u:p w@x@host:80             | https://host:80
                    https://host calls a@b.example      | https://host calls a@b.example
                    https://host:80, says a@b.example   | https://host:80, says a@b.example
                    https://[::1]:80 says a@b.example   | https://[::1]:80 says a@b.example
                    {"u":"https://host","m":"a@b.test"} | {"u":"https://host","m":"a@b.test"}
                    http://u:p at https://host/a@b      | http://u:p at https://host/a@b
                    ://                                 | ://
                    """)
    void takesUsersOutOfAddressesAndNothingElse(String text, String shown) {
        assertThat(ShownText.withoutUsers(text)).isEqualTo(shown);
    }

    @Test
    void theReasonOfARebound() {
        var tooLong = "x".repeat(985) + "https://ada:opensesame@host/";

        assertThat(new Outcome.Rebound("https://ada:opensesame@host/ is away", null).reason())
                .isEqualTo("https://host/ is away");
        assertThat(new Outcome.Rebound(tooLong, null).reason()).hasSize(998).doesNotContain("ada");
    }

    @Test
    void takesTimeOfTheTextsLength() {
        var colons = ":".repeat(3_000_000);

        assertThat(ShownText.withoutUsers("a://b@".repeat(500_000))).isEqualTo("a://".repeat(500_000));
        assertThat(ShownText.withoutUsers(colons)).isEqualTo(colons);
        assertThat(ShownText.withoutUsers("://a:b c ".repeat(300_000))).hasSize(2_700_000);
        assertThat(ShownText.withoutUsers("://" + "a@".repeat(1_500_000))).isEqualTo("://");
    }
}
