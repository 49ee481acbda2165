package dev.weft.workspace.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MailTemplateTest {

    private static Map<String, String> values() {
        return new HashMap<>(Map.of(
                "name", "Ann",
                "inviter", "Bob",
                "contract", "One",
                "workspace", "Two",
                "flow", "Three",
                "link", "https://weft.example/x",
                "api", "https://weft.example/y"));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasItsWordsAsTextAndHtml(MailKind kind) {
        var mail = MailTemplate.of(kind).fill("key", "ann@example.com", values());

        assertThat(mail.subject()).isNotBlank().doesNotContain("\n", "{{");
        assertThat(mail.text()).contains("https://weft.example/x").doesNotContain("{{");
        assertThat(mail.html()).contains("href=\"https://weft.example/x\"").doesNotContain("{{");
    }

    @Test
    void valuesStandInHtmlAsTheyAreAndNeverAsATemplate() {
        var values = values();
        values.put("inviter", "<b>\"A\" & {{api}}</b>");

        var mail = MailTemplate.of(MailKind.CONTRACT_INVITE).fill("key", "ann@example.com", values);

        assertThat(mail.html())
                .contains("&lt;b&gt;&quot;A&quot; &amp; {{api}}&lt;/b&gt; invites you")
                .doesNotContain("<b>");
        assertThat(mail.text()).contains("<b>\"A\" & {{api}}</b> invites you");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ann O'Neil-Öz            | Ann O'Neil-Öz",
                "J. R. Doe                | J. R. Doe",
                "go to http://evil.test/x | go to http evil test x",
                "a@evil.test              | a evil test",
                "<b>Bob</b>               | b Bob b",
                "日本 語                  | 日本 語",
            })
    void aNameIsNothingButAName(String chosen, String shown) {
        assertThat(ShownName.of(chosen)).isEqualTo(shown);
    }

    @Test
    void aNameEndsNoHeaderAndFillsNoPage() {
        assertThat(ShownName.of("a\r\nBcc: b\u2028c\u0000d")).isEqualTo("a Bcc b c d");
        assertThat(ShownName.of("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(ShownName.of("x".repeat(1_000))).isEqualTo("x".repeat(80) + "…");
    }
}
