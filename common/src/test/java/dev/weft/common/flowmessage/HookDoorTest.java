package dev.weft.common.flowmessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What execution-service writes is what gateways read. */
class HookDoorTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void isReadAsItWasWritten() {
        var locks = List.of(
                new DoorLock.Open(),
                new DoorLock.Closed(),
                new DoorLock.Basic("ann", "ab12"),
                new DoorLock.ApiKey("X-Key", "ab12"),
                new DoorLock.Hmac("secret", "X-Signature"));
        for (var lock : locks) {
            var door = new HookDoor(
                    "f", "w", "c", "u", "r", "q", "s", true, 5000, true, lock, false, 60, List.of("*"), "t", "v");

            assertThat(json.readValue(json.writeValueAsString(door), HookDoor.class))
                    .isEqualTo(door);
        }
    }

    @Test
    void hasTheMembersThatGatewaysOfOtherReleasesKnow() {
        var door = new HookDoor(
                "f",
                "w",
                "c",
                "u",
                "r",
                "q",
                "s",
                true,
                30_000,
                false,
                new DoorLock.Basic("ann", "ab12"),
                true,
                null,
                List.of(),
                "t",
                "v");

        assertThat(json.<JsonNode>valueToTree(door)).isEqualTo(json.readTree("""
                {"flow_id":"f","workspace_id":"w","contract_id":"c","user_id":"u","run_id":"r","queue":"q","step_id":"s",
                 "reply":true,"reply_timeout_ms":30000,"raw":false,
                 "auth":{"type":"basic","username":"ann","password_sha256":"ab12"},"open":true,"cors_origins":[],
                 "tenant_id":"t","version":"v"}"""));
    }

    @ParameterizedTest
    @MethodSource
    void aLockHasTheMembersThatGatewaysOfOtherReleasesKnow(DoorLock lock, String written) {
        assertThat(json.writerFor(DoorLock.class).writeValueAsString(lock)).isEqualTo(written);
        assertThat(json.readValue(written, DoorLock.class)).isEqualTo(lock);
    }

    static List<Arguments> aLockHasTheMembersThatGatewaysOfOtherReleasesKnow() {
        return List.of(
                arguments(new DoorLock.Open(), """
                        {"type":"no_auth"}"""),
                arguments(new DoorLock.Closed(), """
                        {"type":"closed"}"""),
                arguments(new DoorLock.Basic("ann", "ab12"), """
                        {"type":"basic","username":"ann","password_sha256":"ab12"}"""),
                arguments(new DoorLock.ApiKey("X-Key", "ab12"), """
                        {"type":"api_key","headerName":"X-Key","value_sha256":"ab12"}"""),
                arguments(new DoorLock.Hmac("secret", "X-Signature"), """
                        {"type":"hmac","hmacSecret":"secret","headerName":"X-Signature"}"""));
    }

    @Test
    void whatIsAbsentHasItsUsualMeaning() {
        var door = json.readValue("""
                {"flow_id":"f","workspace_id":"w","run_id":"r","queue":"q","step_id":"s","reply":false,"raw":false}""", HookDoor.class);

        assertThat(door.lock()).isEqualTo(new DoorLock.Open());
        assertThat(door.isOpen()).isTrue();
        assertThat(door.replyTimeout()).isEqualTo(30_000);
        assertThat(door.origins()).isEmpty();
        assertThat(door.quotaPerMinute()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Key"})
    void aSecretIsNotShown(String header) {
        assertThat(new DoorLock.Hmac("secret", header).toString()).doesNotContain("secret");
    }
}
