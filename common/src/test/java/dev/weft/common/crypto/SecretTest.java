package dev.weft.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isUnlockedWhenItIsRevealedAndNotBefore() {
        var unlocked = new AtomicInteger();
        var secret = Secret.locked(() -> "s" + unlocked.incrementAndGet());

        assertThat(secret.toString()).isEqualTo("******");
        assertThat(unlocked).hasValue(0);
        assertThat(secret.reveal()).isEqualTo("s1");
    }
}
