package dev.weft.common.mail;

import dev.weft.common.egress.HostName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Addresses as people write them (RFC 5322): names in quotes, groups, several in one text, domains in any script. */
final class MailAddresses {

    private MailAddresses() {}

    /**
     * @param field where they come from, to be named when they are none
     * @throws MailFailure when they can not be used as they are
     */
    static List<InternetAddress> parse(String field, List<String> texts) {
        var addresses = new ArrayList<InternetAddress>();
        for (var text : texts) {
            // A line break in an address could start a header of the step's choosing.
            if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
                throw new MailFailure(field + " holds a line end or another control character.");
            }
            MailWriter.requireCharacters(field, text);
            try {
                for (var address : InternetAddress.parse(text, true)) {
                    add(field, addresses, address);
                }
            } catch (AddressException | UnsupportedEncodingException e) {
                throw MailFailure.quoting(field + " holds what is no address: " + e.getMessage());
            }
        }
        return addresses;
    }

    private static void add(String field, List<InternetAddress> addresses, InternetAddress address)
            throws AddressException, UnsupportedEncodingException {
        if (address.isGroup()) {
            var members = address.getGroup(true);
            for (var member : members == null ? new InternetAddress[0] : members) {
                add(field, addresses, member);
            }
            return;
        }
        var written = new InternetAddress(
                inAscii(field, address.getAddress()), address.getPersonal(), StandardCharsets.UTF_8.name());
        written.validate();
        addresses.add(written);
    }

    static String domain(InternetAddress address) {
        var text = address.getAddress();
        return text.substring(text.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Mail servers know domains by their names in ASCII; what is before the at sign, few take beyond it. */
    private static String inAscii(String field, String address) throws AddressException {
        var at = address.lastIndexOf('@');
        var local = address.substring(0, Math.max(0, at));
        if (local.chars().anyMatch(c -> c > 126)) {
            throw MailFailure.quoting(field + " holds an address with letters beyond ASCII before the @: " + address);
        }
        try {
            return at < 0 ? address : address.substring(0, at + 1) + HostName.ascii(address.substring(at + 1));
        } catch (IllegalArgumentException e) {
            throw new AddressException("its domain is no name", address);
        }
    }
}
