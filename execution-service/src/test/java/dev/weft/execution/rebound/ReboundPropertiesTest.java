package dev.weft.execution.rebound;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReboundPropertiesTest {

    @ParameterizedTest
    @CsvSource({"PT0.5S, PT10M", "PT1.5S, PT10M", "PT0S, PT10M", "PT15S, PT20.5S", "PT15S, PT10S"})
    void refusesWaitsWhoseQueuesWouldShareAName(Duration first, Duration longest) {
        assertThatThrownBy(() -> new ReboundProperties(first, longest, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WEFT_REBOUND_FIRST");
    }

    @Test
    void takesWholeSeconds() {
        assertThatCode(() -> new ReboundProperties(Duration.ofSeconds(1), Duration.ofSeconds(1), 10))
                .doesNotThrowAnyException();
    }
}
