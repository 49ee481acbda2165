package dev.weft.workspace.mail;

import dev.weft.common.mail.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * The words of a mail: {@code <kind>.txt}, whose first line is the subject and whose second is empty, and
 * {@code <kind>.html}. <code>{{name}}</code> stands for a value.
 */
final class MailTemplate {

    private static final Pattern VALUE = Pattern.compile("\\{\\{([a-z]+)}}");

    private final String subject;
    private final String text;
    private final String html;

    private MailTemplate(String subject, String text, String html) {
        this.subject = subject;
        this.text = text;
        this.html = html;
    }

    static MailTemplate of(MailKind kind) {
        var words = read(kind.wire() + ".txt");
        var end = words.indexOf('\n');
        return new MailTemplate(
                words.substring(0, end), words.substring(end).strip() + "\n", read(kind.wire() + ".html"));
    }

    private static String read(String file) {
        try (var found = MailTemplate.class.getResourceAsStream(file)) {
            if (found == null) {
                throw new IllegalStateException("There is no template " + file + ".");
            }
            return new String(found.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param key    of which its Message-ID is made
     * @param values by name; one that the template names must be there
     */
    Mail fill(String key, String address, Map<String, String> values) {
        return new Mail(
                key,
                null,
                List.of(address),
                filled(subject, values, UnaryOperator.identity()),
                filled(text, values, UnaryOperator.identity()),
                filled(html, values, value -> HtmlUtils.htmlEscape(value, "UTF-8")));
    }

    private static String filled(String words, Map<String, String> values, UnaryOperator<String> escaping) {
        return VALUE.matcher(words).replaceAll(found -> {
            var value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("The template wants " + found.group(1) + ".");
            }
            return Matcher.quoteReplacement(escaping.apply(value));
        });
    }
}
