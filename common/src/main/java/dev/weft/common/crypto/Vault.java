package dev.weft.common.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption at rest: AES-256-GCM under the installation's master key. The context (what the value belongs to, such as
 * a credential's id) is authenticated, so that a stored value can not be moved to another place.
 */
public final class Vault {

    private static final String SEALING = "HmacSHA256";

    private final AesGcmJce cipher;
    private final SecretKeySpec seal;

    /** @param masterKey 32 bytes in base64 */
    public Vault(String masterKey) {
        try {
            var key = Base64.getDecoder().decode(masterKey);
            // A 16-byte key would silently be accepted as AES-128.
            if (key.length != 32) {
                throw new IllegalArgumentException("WEFT_MASTER_KEY must be 32 bytes in base64.");
            }
            this.cipher = new AesGcmJce(key);
            // A key of its own, which is no key of the cipher: one key for two algorithms would tie their weaknesses.
            this.seal = new SecretKeySpec(mac(new SecretKeySpec(key, SEALING), "weft seals"), SEALING);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String lock(String plain, String context) {
        try {
            var locked =
                    cipher.encrypt(plain.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(locked);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String unlock(String locked, String context) {
        try {
            var plain = cipher.decrypt(Base64.getDecoder().decode(locked), context.getBytes(StandardCharsets.UTF_8));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored secret can not be read with this master key.", e);
        }
    }

    /**
     * What only the installation can make of the text: 256 bits, URL-safe, 43 characters. It is the same each time, so
     * that it need not be stored where it is checked.
     *
     * @param context what it is for, so that what was made for one thing is no good for another
     */
    public String seal(String text, String context) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(seal, context + '\n' + text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance(SEALING);
        mac.init(key);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
