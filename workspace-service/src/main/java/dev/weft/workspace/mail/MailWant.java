package dev.weft.workspace.mail;

import java.time.Instant;
import java.util.Map;

/**
 * A mail that is to be sent. Neither an address nor a token stands in it: they are looked up when it is written.
 *
 * @param id      the same for the same mail, however often it is wanted; that of the invite, if it is about one
 * @param about   the id of the user it goes to; of an invite, which knows its address, the user who invites
 * @param values  what the template tells by name: {@code contract}, {@code workspace}, {@code flow}, and their ids
 * @param attempts how often it was begun
 */
public record MailWant(
        String id, MailKind kind, String about, Map<String, String> values, Instant since, int attempts) {

    public static MailWant of(String id, MailKind kind, String about, Map<String, String> values, Instant since) {
        return new MailWant(id, kind, about, Map.copyOf(values), since, 0);
    }
}
