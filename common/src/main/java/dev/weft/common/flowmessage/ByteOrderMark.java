package dev.weft.common.flowmessage;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The byte order marks by which texts tell their encoding. Longer marks come first, since one begins like a shorter
 * one.
 */
public enum ByteOrderMark {
    UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
    UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0),
    UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

    private final Charset charset;

    @SuppressWarnings("ImmutableEnumChecker") // private, and only compared with bytes
    private final byte[] bytes;

    ByteOrderMark(Charset charset, int... bytes) {
        this.charset = charset;
        this.bytes = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            this.bytes[i] = (byte) bytes[i];
        }
    }

    public static Optional<ByteOrderMark> of(byte[] text) {
        return Arrays.stream(values()).filter(mark -> mark.begins(text, 0)).findFirst();
    }

    /** What was read in another charset, which has bytes of its own for the mark, as GB 18030 does. */
    public static String without(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private boolean begins(byte[] text, int from) {
        var to = from + bytes.length;
        return text.length >= to && Arrays.equals(text, from, to, bytes, 0, bytes.length);
    }

    public Charset charset() {
        return charset;
    }

    /** Bytes of all such marks at the beginning: some programs put one before a text that has one already. */
    public int lengthIn(byte[] text) {
        var length = 0;
        while (begins(text, length)) {
            length += bytes.length;
        }
        return length;
    }
}
