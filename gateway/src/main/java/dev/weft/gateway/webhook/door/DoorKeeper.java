package dev.weft.gateway.webhook.door;

import dev.weft.common.flowmessage.DoorLock;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks a caller's credential, with comparisons in constant time; else 401. */
public final class DoorKeeper {

    private DoorKeeper() {}

    /** What can be seen without the body, so that a stranger's is not read. */
    public static void requireKnown(HookDoor door, HttpServletRequest request, HttpServletResponse response) {
        var known = switch (door.lock()) {
            case DoorLock.Open() -> true;
            case DoorLock.Closed() -> false;
            case DoorLock.Basic basic -> isKnown(basic, request.getHeader("Authorization"));
            case DoorLock.ApiKey(var header, var digest) -> isSecret(request.getHeader(header), digest);
            case DoorLock.Hmac hmac -> request.getHeader(hmac.name()) != null;
        };
        require(known, response);
    }

    /** What needs what the message is made of: of a POST its body, of a GET its query, whatever else it brings. */
    public static void requireSigned(
            HookDoor door, HttpServletRequest request, byte[] body, HttpServletResponse response) {
        if (door.lock() instanceof DoorLock.Hmac hmac) {
            var header = request.getHeader(hmac.name());
            require(header != null && Signature.of(header).fits(hmac.secret(), signed(request, body)), response);
        }
    }

    /**
     * What becomes the message, or a signature that was seen with a body would fit a GET with that body and any query. Who
     * posts no body signs the query as well.
     */
    private static byte[] signed(HttpServletRequest request, byte[] body) {
        if (body.length > 0 && !request.getMethod().equals("GET")) {
            return body;
        }
        var query = request.getQueryString();
        return query == null ? new byte[0] : query.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isKnown(DoorLock.Basic basic, @Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return false;
        }
        try {
            var pair = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            // Both are compared, whatever the first result is, so that the time does not tell which one was wrong.
            var isUser = isSecret(pair.substring(0, Math.max(0, colon)), Ids.sha256(basic.username()));
            var isPassword = isSecret(pair.substring(colon + 1), basic.passwordSha256());
            return colon >= 0 && isUser && isPassword;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSecret(@Nullable String given, String sha256) {
        return given != null
                // Digests have the same length, so the comparison does not even tell the secret's length.
                && MessageDigest.isEqual(
                        Ids.digest("SHA-256", given.getBytes(StandardCharsets.UTF_8)),
                        HexFormat.of().parseHex(sha256));
    }

    private static void require(boolean known, HttpServletResponse response) {
        if (!known) {
            // A 401 has to carry a challenge (RFC 9110 15.5.2), also where the lock is not Basic.
            response.setHeader("WWW-Authenticate", "Basic realm=\"webhook\"");
            throw Problem.of(ProblemCode.UNAUTHORIZED, "The call does not carry what the flow's credential asks for.")
                    .exception();
        }
    }
}
