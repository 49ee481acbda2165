package dev.weft.workspace.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaContextTest {

    private static final String T = "59d3562c68ed850019bde271";
    private static final String C = "59d3562c68ed850019bde272";
    private static final String W = "59d3562c68ed850019bde273";
    private static final QuotaType OF_WORKSPACE = QuotaType.PER_WORKSPACE_FLOW_COUNT_LIMIT;
    private static final QuotaType OF_CONTRACT = QuotaType.PER_CONTRACT_USER_COUNT_LIMIT;

    private static QuotaContext context(String text) {
        return QuotaContext.parse(text).orElseThrow();
    }

    @Test
    void whetherAnyIsWrittenOutIsAllOne() {
        assertThat(context("ANY.ANY").text(OF_CONTRACT)).isEqualTo("ANY");
        assertThat(context(T + ".ANY.ANY").text(OF_WORKSPACE)).isEqualTo(T + ".ANY");
        assertThat(context(T).text(OF_CONTRACT)).isEqualTo(T + ".ANY");
        assertThat(context(T + "." + C).text(OF_CONTRACT)).isEqualTo(T + "." + C);
        assertThat(context(T + "." + C).text(OF_WORKSPACE)).isEqualTo(T + "." + C + ".ANY");
    }

    @Test
    void theNarrowestComesFirst() {
        assertThat(context(String.join(".", T, C, W)).andWider())
                .extracting(QuotaContext::ids)
                .containsExactly(List.of(T, C, W), List.of(T, C), List.of(T), List.of());
    }

    @Test
    void nothingIsCountedForLessThanTheQuotaIsAbout() {
        assertThat(context(String.join(".", T, C, W)).fits(OF_CONTRACT)).isFalse();
        assertThat(context(T + "." + C).fits(OF_CONTRACT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "any",
                "x",
                "ANY.59d3562c68ed850019bde271",
                "ANY.ANY.ANY.ANY",
                "59d3562c68ed850019bde271."
            })
    void everythingElseIsNoContext(String text) {
        assertThat(QuotaContext.parse(text)).isEmpty();
    }
}
