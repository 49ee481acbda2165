package dev.weft.execution.hop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HopLogTest {

    @Test
    void idsOfADeliverysLinesSortAsTheyWereWritten() {
        for (var delivery : new long[] {0, 1, -1, Long.MIN_VALUE, 0x123456789abcdefL}) {
            var ids = IntStream.range(0, 3000)
                    .mapToObj(place -> HopLog.id(delivery, place, new java.util.Random(place).nextLong()))
                    .map(UUID::toString)
                    .toList();

            assertThat(ids).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void anIdSaysWhatTheLineIs() {
        var id = HopLog.id(-1, 5, 0x1234L);

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isEqualTo(HopLog.id(-1, 5, 0x1234L)).isNotEqualTo(HopLog.id(-1, 5, 0x1235L));
        assertThat(HopLog.id(-1, 100_000, 1).variant()).isEqualTo(2);
    }
}
