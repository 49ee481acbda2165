package dev.weft.common.egress;

import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address of {@code http} or {@code https} as people and servers write them. Characters that are not allowed are
 * percent-encoded (RFC 3987), encoded ones stay as they are; hosts may have underscores and letters of any script.
 * java.net.URI accepts neither, and resolves references by the old RFC 2396.
 *
 * @param userInfo encoded; null: none
 * @param host     in ASCII, in lower case, an IPv6 address without brackets
 * @param port     -1: the scheme's own
 * @param path     encoded, begins with a slash
 * @param query    encoded; null: none
 */
public record WebAddress(
        String scheme,
        @Nullable String userInfo,
        String host,
        int port,
        String path,
        @Nullable String query) {

    private static final String NEVER = " \"<>\\^`{|}";
    /** RFC 3986, appendix B. */
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);

    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9_~-]{1,63}\\.)*[a-z0-9_~-]{1,63}\\.?");
    private static final Pattern PORT = Pattern.compile("\\d{0,5}");

    /** @throws IllegalArgumentException saying why it is no such address */
    public static WebAddress parse(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        var parts = REFERENCE.matcher(stripped);
        var scheme = parts.matches() && parts.group(1) != null ? parts.group(1).toLowerCase(Locale.ROOT) : "";
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("it does not start with http:// or https://");
        }
        var authority = parts.group(2) == null ? "" : parts.group(2);
        if (authority.indexOf('\\') >= 0) {
            // A backslash ends the host for browsers, and has no meaning in RFC 3986.
            throw new IllegalArgumentException("its host is no name");
        }
        var at = authority.lastIndexOf('@');
        if (authority.substring(0, at + 1).chars().anyMatch(c -> ShownText.endsAuthority((char) c))) {
            // In a text that quotes this address, the password could not be recognized.
            throw new IllegalArgumentException("its user holds a blank or a quote that is not percent-encoded");
        }
        var place = authority.substring(at + 1);
        var colon = place.lastIndexOf(':');
        var hasPort = colon >= 0 && place.indexOf(']', colon) < 0;
        var path = encode(parts.group(3));
        return new WebAddress(
                scheme,
                at < 0 ? null : encode(authority.substring(0, at)),
                host(hasPort ? place.substring(0, colon) : place),
                hasPort ? port(place.substring(colon + 1)) : -1,
                path.isEmpty() ? "/" : path,
                parts.group(4) == null ? null : encode(parts.group(4)));
    }

    /**
     * What a reference on this page leads to (RFC 3986, 5.2).
     *
     * @throws IllegalArgumentException saying why it leads to no address
     */
    public WebAddress resolve(String reference) {
        var parts = REFERENCE.matcher(reference.strip());
        if (!parts.matches() || parts.group(1) != null) {
            return parse(reference).withoutDots();
        }
        if (parts.group(2) != null) {
            return parse(scheme + ":" + reference.strip()).withoutDots();
        }
        var itsPath = encode(parts.group(3));
        var itsQuery = parts.group(4) == null ? null : encode(parts.group(4));
        if (itsPath.isEmpty()) {
            return at(path, itsQuery == null ? query : itsQuery);
        }
        var whole = itsPath.startsWith("/") ? itsPath : path.substring(0, path.lastIndexOf('/') + 1) + itsPath;
        return at(whole, itsQuery).withoutDots();
    }

    /** Host, port and scheme are the same. */
    public boolean isOfOriginOf(WebAddress other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && wholePort() == other.wholePort();
    }

    /** Path and query. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }

    public WebAddress withoutUser() {
        return new WebAddress(scheme, null, host, port, path, query);
    }

    /** Without what a user is known by. */
    @Override
    public String toString() {
        var shownHost = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return scheme + "://" + shownHost + (port < 0 ? "" : ":" + port) + target();
    }

    /**
     * An address or a part of one in the characters that may stand in it; a host beyond ASCII as name servers know it.
     *
     * @throws IllegalArgumentException when it is no text, or its host no name
     */
    public static String encode(String text) {
        var parts = REFERENCE.matcher(text);
        if (parts.matches() && parts.group(2) != null && !isAscii(parts.group(2))) {
            var authority = parts.group(2);
            var at = authority.lastIndexOf('@') + 1;
            var colon = authority.indexOf(':', at);
            var end = colon < 0 ? authority.length() : colon;
            return encoded(text.substring(0, parts.start(2)) + authority.substring(0, at))
                    + HostName.ascii(authority.substring(at, end))
                    + encoded(authority.substring(end) + text.substring(parts.end(2)));
        }
        return encoded(text);
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); ) {
            var point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("it holds half a character");
            }
            if (point <= ' ' || point >= 127 || NEVER.indexOf(point) >= 0 || (point == '%' && !isEncoding(text, i))) {
                for (var octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
                }
            } else {
                encoded.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return encoded.toString();
    }

    private static boolean isEncoding(String text, int at) {
        return at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    private static String host(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it names no host");
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return ipv6(text.substring(1, text.length() - 1));
        }
        var host = HostName.ascii(text).toLowerCase(Locale.ROOT);
        if (host.length() > 254 || !HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("its host is no name");
        }
        return host;
    }

    /** Not within a zone: those are of one machine. */
    private static String ipv6(String text) {
        try {
            if (text.indexOf('%') < 0) {
                // Parsed only as a check: the text itself is looked up, and an IPv6 literal may contain an IPv4
                // address.
                var _ = Inet6Address.ofLiteral(text);
                return text.toLowerCase(Locale.ROOT);
            }
        } catch (IllegalArgumentException _) {
            // The exception is thrown below.
        }
        throw new IllegalArgumentException("its host is no IPv6 address");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static int port(String digits) {
        var port = !PORT.matcher(digits).matches() ? 0 : digits.isEmpty() ? -1 : Integer.parseInt(digits);
        if (port == 0 || port > 65_535) {
            throw new IllegalArgumentException("its port is none from 1 to 65535");
        }
        return port;
    }

    private int wholePort() {
        return port >= 0 ? port : scheme.equals("https") ? 443 : 80;
    }

    private WebAddress at(String newPath, @Nullable String newQuery) {
        return new WebAddress(scheme, userInfo, host, port, newPath, newQuery);
    }

    /** RFC 3986, 5.2.4. */
    private WebAddress withoutDots() {
        var kept = new ArrayDeque<String>();
        var segments = path.substring(1).split("/", -1);
        for (var i = 0; i < segments.length; i++) {
            var dots = segments[i].equals(".") || segments[i].equals("..");
            if (segments[i].equals("..")) {
                kept.pollLast();
            }
            if (!dots) {
                kept.add(segments[i]);
            } else if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return at("/" + String.join("/", kept), query);
    }
}
