package dev.weft.common.flowmessage;

import dev.weft.common.id.Ids;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of flow messages as sailors do it (sailor-runtime 8): AES-256-CBC, key = SHA-256 of the password, a fixed
 * 16-byte IV. Protocol 2 carries the raw bytes, protocol 1 their base64 text.
 */
public final class MessageCipher {

    private static final String TRANSFORMATION = "AES/CBC/PKCS5Padding";

    // Without a fixed provider each message would search the list of providers, which takes half of the time of its
    // encryption.
    private static final Provider PROVIDER = provider();

    private final SecretKeySpec key;
    private final IvParameterSpec iv;

    /** @param iv exactly 16 bytes of UTF-8 text */
    public MessageCipher(String password, String iv) {
        var bytes = iv.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("WEFT_MESSAGE_IV must be 16 bytes of text.");
        }
        this.key = new SecretKeySpec(Ids.digest("SHA-256", password.getBytes(StandardCharsets.UTF_8)), "AES");
        this.iv = new IvParameterSpec(bytes);
    }

    public byte[] encrypt(byte[] plain) {
        return run(Cipher.ENCRYPT_MODE, plain);
    }

    public byte[] decrypt(byte[] encrypted) {
        return run(Cipher.DECRYPT_MODE, encrypted);
    }

    public byte[] encryptText(byte[] plain) {
        return Base64.getEncoder().encode(encrypt(plain));
    }

    /** Opens a frame of either protocol. */
    public byte[] open(byte[] frame, int protocolVersion) {
        // The MIME decoder accepts line breaks, at which the plain one fails.
        return decrypt(protocolVersion == 2 ? frame : Base64.getMimeDecoder().decode(frame));
    }

    /** The same piece by piece, for who only looks at it: a frame may be large, and many may be looked at at once. */
    public InputStream reading(byte[] frame, int protocolVersion) {
        var encrypted = new ByteArrayInputStream(frame);
        try {
            return new CipherInputStream(
                    protocolVersion == 2 ? encrypted : Base64.getMimeDecoder().wrap(encrypted),
                    cipher(Cipher.DECRYPT_MODE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("A flow message can not be read with this key.", e);
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        // A new instance each time: a Cipher must not be shared by threads.
        var cipher = Cipher.getInstance(TRANSFORMATION, PROVIDER);
        cipher.init(mode, key, iv);
        return cipher;
    }

    private byte[] run(int mode, byte[] input) {
        try {
            return cipher(mode).doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("A flow message can not be read with this key.", e);
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(TRANSFORMATION).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
