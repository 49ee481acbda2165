package dev.weft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HopByHopTest {

    @Test
    void knowsTheHeadersOfOneHopInAnyCase() {
        assertThat(HopByHop.contains("Keep-Alive", "")).isTrue();
        assertThat(HopByHop.contains("transfer-encoding", "")).isTrue();
        assertThat(HopByHop.contains("X-End", "")).isFalse();
    }

    @Test
    void believesTheConnectionHeader() {
        assertThat(HopByHop.contains("X-Private", "close, x-private")).isTrue();
        assertThat(HopByHop.contains("X-End", "close, x-private")).isFalse();
    }
}
