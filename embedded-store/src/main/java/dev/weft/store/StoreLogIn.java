package dev.weft.store;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log-in of one connection: mechanism PLAIN (RFC 4616), as drivers speak it for {@code authMechanism=PLAIN}. The
 * store listens on a loopback address, where every user of the machine may connect and nobody can listen in: so it
 * needs a password, which may be sent unencrypted.
 */
final class StoreLogIn {

    static final String USER = "weft";
    // Drivers send these before they log in, and the connection on which they monitor a server never logs in.
    private static final Set<String> FREE = Set.of("hello", "isMaster", "ismaster", "ping", "saslStart");
    private static final int REFUSED = 18;
    private static final int NOT_YET = 13;

    private final String password;
    private boolean done;

    /** @param password empty: everybody may do everything */
    StoreLogIn(String password) {
        this.password = password;
        this.done = password.isEmpty();
    }

    /** Whether a command may be carried out now; it is never carried out when it is the log-in itself. */
    boolean admits(String command) {
        return done || FREE.contains(command);
    }

    boolean isLogIn(String command) {
        return command.equals("saslStart");
    }

    Document refusal() {
        return StoreConnection.error(NOT_YET, "Unauthorized", "Log in first.");
    }

    /** @param command {@code {saslStart: 1, mechanism: "PLAIN", payload: "\0user\0password"}} */
    Document answer(Document command) {
        if (!"PLAIN".equals(command.get("mechanism")) || !isRight(payload(command.get("payload")))) {
            return StoreConnection.error(REFUSED, "AuthenticationFailed", "Authentication failed.");
        }
        done = true;
        return new Document("conversationId", 1)
                // PLAIN has only one step, so the driver must not send a saslContinue.
                .append("done", true)
                .append("payload", new BinData(new byte[0]))
                .append("ok", 1.0);
    }

    /** Who is to be acted for may be named before: it can only be the user itself. */
    private boolean isRight(byte[] payload) {
        var wanted = "\0" + USER + "\0" + password;
        return password.isEmpty() || isSame(payload, wanted) || isSame(payload, USER + wanted);
    }

    private static boolean isSame(byte[] payload, String wanted) {
        // Compared in constant time, so that the time of a refusal does not tell how much of the password was right.
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), payload);
    }

    private static byte[] payload(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> bytes;
            case BinData data -> data.getData();
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case null, default -> new byte[0];
        };
    }
}
