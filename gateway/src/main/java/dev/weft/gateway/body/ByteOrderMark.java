package dev.weft.gateway.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The first bytes by which some texts tell their encoding. The longer marks come first: one begins like a shorter one. */
enum ByteOrderMark {
    UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
    UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0),
    UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

    private final Charset charset;

    @SuppressWarnings("ImmutableEnumChecker") // Nobody gets it, and it is compared with bytes.
    private final byte[] bytes;

    ByteOrderMark(Charset charset, int... bytes) {
        this.charset = charset;
        this.bytes = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            this.bytes[i] = (byte) bytes[i];
        }
    }

    static Optional<ByteOrderMark> of(byte[] text) {
        return Arrays.stream(values()).filter(mark -> mark.begins(text)).findFirst();
    }

    private boolean begins(byte[] text) {
        return text.length >= bytes.length && Arrays.equals(text, 0, bytes.length, bytes, 0, bytes.length);
    }

    Charset charset() {
        return charset;
    }

    int length() {
        return bytes.length;
    }
}
