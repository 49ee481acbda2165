package dev.weft.common.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The source of new identifiers, and their forms: 24 lowercase hex for entities, 32 for executions and messages, 40 for
 * versions (api-v2 1.1). Entity ids begin with the second of their creation, so ids ascend in the order of creation.
 */
public final class Ids {

    private static final Pattern ENTITY = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern EXECUTION = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ACCESS_KEY = Pattern.compile("mk_[A-Za-z0-9_-]{22}");
    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random = new SecureRandom();
    // Starts at random, so that two processes with the same five random bytes do not make the same ids at once.
    private final AtomicInteger counter = new AtomicInteger(random.nextInt());
    private final byte[] process = new byte[5];

    public Ids() {
        random.nextBytes(process);
    }

    /** A new entity id: second, process, counter. */
    public String next() {
        var bytes = ByteBuffer.allocate(12);
        bytes.putInt((int) (System.currentTimeMillis() / 1000));
        bytes.put(process);
        // Three bytes of the counter are used, so an id repeats only after 16 million in one second.
        var n = counter.getAndIncrement();
        bytes.put((byte) (n >> 16)).put((byte) (n >> 8)).put((byte) n);
        return HEX.formatHex(bytes.array());
    }

    /** Greater than every entity id that was made before the second after that. */
    public static String after(Instant instant) {
        return HEX.toHexDigits((int) (instant.getEpochSecond() + 1)) + "0".repeat(16);
    }

    /**
     * A new exec_id: 48 bits of time and 80 random ones, so that a store which orders by it appends what is new instead of
     * rewriting pages everywhere.
     */
    public String nextExecution() {
        var bytes = ByteBuffer.allocate(16);
        bytes.putLong(System.currentTimeMillis() << 16);
        // Fills the two bytes that the shifted time has left empty.
        bytes.put(6, randomBytes(10));
        return HEX.formatHex(bytes.array());
    }

    /** 32 random hex characters: a run, a message. */
    public String nextHex32() {
        return HEX.formatHex(randomBytes(16));
    }

    /** A random UUID in its usual form, which sailors expect as the id inside a message. */
    public String nextUuid() {
        return UUID.randomUUID().toString();
    }

    /** A secret of 256 random bits, URL-safe, 43 characters. */
    public String nextSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(32));
    }

    public byte[] randomBytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    public static boolean isEntity(String text) {
        return ENTITY.matcher(text).matches();
    }

    public static boolean isExecution(String text) {
        return EXECUTION.matcher(text).matches();
    }

    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /** Whether it has the form of the access key of a machine key (api-v2 12a): that is its id, and no secret. */
    public static boolean isAccessKey(String text) {
        return ACCESS_KEY.matcher(text).matches();
    }

    public static String sha1(String text) {
        return HEX.formatHex(digest("SHA-1", text.getBytes(StandardCharsets.UTF_8)));
    }

    public static String sha256(String text) {
        return HEX.formatHex(digest("SHA-256", text.getBytes(StandardCharsets.UTF_8)));
    }

    public static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
