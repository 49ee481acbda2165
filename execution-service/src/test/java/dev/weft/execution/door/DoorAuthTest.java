package dev.weft.execution.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.DoorLock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller must prove, by what the credential says. */
class DoorAuthTest {

    static Stream<Map<String, Object>> nothingToProve() {
        return Stream.of(
                Map.of(),
                Map.of("auht", Map.of("type", "no_auth")),
                Map.of("auth", "no_auth"),
                Map.of("auth", Map.of()),
                Map.of("auth", Map.of("type", "trust")),
                Map.of("auth", Map.of("type", "basic")),
                Map.of("auth", Map.of("type", "basic", "username", "u")),
                Map.of("auth", Map.of("type", "basic", "username", "u", "password", "")),
                Map.of("auth", Map.of("type", "api_key", "headerName", "X-Key")),
                Map.of("auth", Map.of("type", "api_key", "headerValue", "v")),
                Map.of("auth", Map.of("type", "hmac", "hmacSecret", "")),
                Map.of("auth", Map.of("type", "hmac", "hmacSecret", 5)));
    }

    @ParameterizedTest
    @MethodSource("nothingToProve")
    void aCredentialThatSaysNothingToProveLetsNobodyIn(Map<String, Object> keys) {
        assertThat(DoorService.auth(keys)).isEqualTo(new DoorLock.Closed());
    }

    @Test
    void aWholeOneSaysWhat() {
        assertThat(DoorService.auth(Map.of("auth", Map.of("type", "no_auth")))).isEqualTo(new DoorLock.Open());
        assertThat(DoorService.auth(Map.of("auth", Map.of("type", "hmac", "hmacSecret", "s"))))
                .isEqualTo(new DoorLock.Hmac("s", "x-eio-signature"));
    }
}
