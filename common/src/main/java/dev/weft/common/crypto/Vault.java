package dev.weft.common.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Encryption at rest: AES-256-GCM under the installation's master key. The context (what the value belongs to, such as
 * a credential's id) is authenticated, so that a stored value can not be moved to another place.
 */
public final class Vault {

    private final AesGcmJce cipher;

    /** @param masterKey 32 bytes in base64 */
    public Vault(String masterKey) {
        try {
            var key = Base64.getDecoder().decode(masterKey);
            // A 16-byte key would silently be accepted as AES-128.
            if (key.length != 32) {
                throw new IllegalArgumentException("WEFT_MASTER_KEY must be 32 bytes in base64.");
            }
            this.cipher = new AesGcmJce(key);
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
}
