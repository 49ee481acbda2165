package dev.weft.standalone.suite;

import dev.weft.standalone.suite.Api.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The documents by which {@link IsolationStage} is built. */
final class StageDocuments {

    private StageDocuments() {}

    /** The id of what was made; fails when it was not. */
    static String made(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError("The stage is not built: " + answer);
        }
        return answer.body().at("/data/id").asString("");
    }

    static Map<String, Object> named(String type) {
        return document(type, Map.of("name", "Stage " + unique()), Map.of());
    }

    static Map<String, Object> invite(String type, String role) {
        return document(type, Map.of("email", unique() + "@example.com", "roles", List.of(role)), Map.of());
    }

    static Map<String, Object> member(String type, String user, List<String> roles) {
        return Map.of("data", Map.of("type", type, "id", user, "attributes", Map.of("roles", roles)));
    }

    static Map<String, Object> document(
            String type, Map<String, Object> attributes, Map<String, Object> relationships) {
        var data = new HashMap<String, Object>(Map.of("type", type, "attributes", attributes));
        if (!relationships.isEmpty()) {
            data.put("relationships", relationships);
        }
        return Map.of("data", data);
    }

    static Map<String, Object> reference(String type, String id) {
        return Map.of("data", Map.of("type", type, "id", id));
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(24);
    }

    static String publicKey() {
        var type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        var random = UUID.randomUUID();
        var blob = ByteBuffer.allocate(8 + type.length + 32)
                .putInt(type.length)
                .put(type)
                .putInt(32)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits());
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob.array()) + " stage";
    }
}
