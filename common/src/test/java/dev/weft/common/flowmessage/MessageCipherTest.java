package dev.weft.common.flowmessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageCipherTest {

    private final MessageCipher cipher = new MessageCipher("testCryptoPassword", "iv=any16_symbols");

    /** The vector of sailor-runtime 8. */
    @Test
    void encryptsAsSailorsDo() {
        var plain = "{\"body\":{\"do\":\"throw\"}}".getBytes(StandardCharsets.UTF_8);

        assertThat(cipher.encryptText(plain)).asString().isEqualTo("2ynRhWL8DhcrHp0Zhp8YW+9WWGKXjRx4MK749vpJQeU=");
    }

    @Test
    void opensBothProtocols() {
        var plain = "Grüße".getBytes(StandardCharsets.UTF_8);

        assertThat(cipher.open(cipher.encryptText(plain), 1)).isEqualTo(plain);
        assertThat(cipher.open(cipher.encrypt(plain), 2)).isEqualTo(plain);
    }

    @Test
    void refusesWhatItCanNotRead() {
        assertThatThrownBy(() -> cipher.open(new byte[] {1, 2, 3}, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MessageCipher("p", "short")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void effectKeysDependOnWhatCausedThem() {
        var root = EffectKey.kickOff("flow", "call-1");

        assertThat(root)
                .isEqualTo(EffectKey.kickOff("flow", "call-1"))
                .isNotEqualTo(EffectKey.kickOff("flow", "call-2"));
        assertThat(EffectKey.next(root, "b", "a:b", "0")).isNotEqualTo(EffectKey.next(root, "b", "a:b", "1"));
    }
}
