package dev.weft.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.registry.catalogue.BuiltInCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CommandServiceTest {

    private final BuiltInCatalogue catalogue = new BuiltInCatalogue(new JsonMapper());
    private final CommandService service = new CommandService(catalogue);

    @Test
    void findsTriggersAndActions() {
        var timer = service.resolve("weft/timer:timer").orElseThrow();
        var reply = service.resolve("weft/http:reply@latest").orElseThrow();

        assertThat(timer.kind()).isEqualTo("trigger");
        assertThat(timer.polling()).isTrue();
        assertThat(reply.kind()).isEqualTo("action");
        assertThat(reply.method()).isEqualTo("reply");
        assertThat(reply.function().get("fields")).isNotNull();
    }

    @Test
    void findsAPinnedRevision() {
        var revision = catalogue.findByName("http").orElseThrow().revision();

        assertThat(service.resolve("weft/http:request@" + revision)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weft/nothing:map",
                "weft/mapper:nothing",
                "other/mapper:map",
                "weft/mapper",
                "mapper:map",
                "weft/mapper:map@",
                "weft/mapper:map@1",
                "weft/mapper:map@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "weft/poll:http",
                ""
            })
    void findsNothingElse(String command) {
        assertThat(service.resolve(command)).isEmpty();
    }
}
