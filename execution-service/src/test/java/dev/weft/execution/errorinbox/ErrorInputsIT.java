package dev.weft.execution.errorinbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.store.EmbeddedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What executions show of the inputs of their errors. */
class ErrorInputsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MessageCodec CODEC =
            new MessageCodec(JSON, new MessageCipher("a message password", "sixteen letters."));

    private final Ids ids = new Ids();
    private EmbeddedStore server;
    private MongoClient client;
    private MongoErrorInputs kept;
    private ErrorInputs inputs;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        kept = new MongoErrorInputs(new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "inputs")));
        inputs = new ErrorInputs(kept, CODEC);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private String keep(StepMessage message) {
        return keep(CODEC.encode(message));
    }

    private String keep(byte[] frame) {
        var failure = new FailureRecord(
                ids.nextHex32(), "Error", "boom", "", 10, frame, Map.of(FlowHeaders.PROTOCOL_VERSION, 2));
        var delivery = new DeliveryRecord(
                ids.nextExecution(), "f", "v", "r", "w", "t", "u", "webhook", 10, List.of(), List.of());
        kept.keep(Map.of(failure, delivery));
        return failure.id();
    }

    private JsonNode shown(String id) {
        return JSON.readTree(inputs.shown(List.of(id)).get(id).json());
    }

    @Test
    void showsThemAsOtherMessagesWithAttachmentsAndWithoutPassthrough() {
        var id = keep(new StepMessage(
                Map.of("n", 1),
                Map.of("h", "x"),
                Map.of("a.txt", Map.of("url", "http://somewhere/")),
                Map.of("step", Map.of("body", "y".repeat(100_000))),
                Map.of()));

        assertThat(JSON.convertValue(shown(id), Map.class))
                .isEqualTo(Map.of(
                        "body", Map.of("n", 1),
                        "headers", Map.of("h", "x"),
                        "attachments", Map.of("a.txt", Map.of("url", "http://somewhere/"))));
    }

    @Test
    void leavesOutBodiesAbove64KiB() {
        var shown = shown(keep(StepMessage.of(Map.of("pad", "x".repeat(70_000)))));

        assertThat(shown.path("body").path("$truncated").asBoolean()).isTrue();
        assertThat(shown.path("body").path("bytes").asInt()).isEqualTo(70_010);
    }

    @Test
    void readsNoMoreThanFourMebibytesForOneAnswer() {
        var all = new ArrayList<String>();
        for (var n = 0; n < 5; n++) {
            var passthrough = Map.<String, Object>of("step", "y".repeat(1_500_000));
            all.add(keep(StepMessage.of(Map.of("n", n)).withPassthrough(passthrough)));
        }
        all.add(keep(StepMessage.of(Map.of("n", 5))));

        var shown = inputs.shown(all);

        assertThat(shown).hasSize(6);
        assertThat(all)
                .extracting(
                        id -> JSON.readTree(shown.get(id).json()).at("/body/n").asInt(-1))
                .containsExactly(0, 1, -1, -1, -1, 5);
        assertThat(JSON.readTree(shown.get(all.get(2)).json())
                        .at("/body/$truncated")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void leavesOutWhatCanNotBeReadUnderOurKey() {
        assertThat(shown(keep(new byte[20])).at("/body/$truncated").asBoolean()).isTrue();
    }
}
