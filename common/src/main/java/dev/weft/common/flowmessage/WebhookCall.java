package dev.weft.common.flowmessage;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook's call on its way from the gateway to the step {@code webhook:receive}, except for its body: the frame of
 * sailor-runtime 14 in plain JSON. The gateway writes it and the step reads it; frames wait in queues, so those of
 * older gateways must stay readable.
 *
 * <pre>{@code
 * {"id", "attachments": {"doc": {"url","content-type","size","filename"}}, "metadata": {}, "headers": {..}, "query": {..},
 *  "params": {"taskId"}, "method", "url", "originalUrl", "additionalUrlPath"?, "body": {..}, "files": {"doc": base64}?}
 * }</pre>
 *
 * <p>The message refers to each file by its later address, as all following messages do. The bytes are beside it, in
 * {@code files}, up to the first step, which stores them under that address.
 *
 * @param headers by name in lower case
 * @param rest    the path after the flow's id; null: nothing
 * @param files   numbered from 1 in this order
 */
public record WebhookCall(
        String method,
        String url,
        @Nullable String rest,
        Map<String, Object> query,
        Map<String, Object> headers,
        List<File> files) {

    private static final String CONTENTS = "files";

    /**
     * A file of the call.
     *
     * @param number   the end of its address
     * @param filename as the caller names it; empty when it does not
     */
    public record File(int number, String name, Optional<String> filename, String contentType, byte[] content) {}

    /** Where a file of an execution is read, 1 being the first; a path of the API. */
    public static String fileUrl(String execution, int number) {
        return "/v2/executions/" + execution + "/attachments/" + number;
    }

    /** @param body one JSON object, byte by byte as the caller has sent it */
    public byte[] frame(JsonMapper json, String id, String execution, String flow, byte[] body) {
        var frame = new ByteArrayOutputStream(body.length + 1024);
        try (var out = json.createGenerator(frame, JsonEncoding.UTF8)) {
            out.writeStartObject();
            out.writeStringProperty("id", id);
            out.writeName("attachments");
            writeReferences(out, execution);
            out.writeName("metadata").writeStartObject().writeEndObject();
            out.writePOJOProperty("headers", headers);
            out.writePOJOProperty("query", query);
            out.writePOJOProperty("params", Map.of("taskId", flow));
            out.writeStringProperty("method", method);
            out.writeStringProperty("url", url);
            out.writeStringProperty("originalUrl", url);
            if (rest != null) {
                out.writeStringProperty("additionalUrlPath", rest);
            }
            out.writeName("body");
            // Tells the generator that a value is written; its bytes are appended directly, since they are not decoded
            // here.
            out.writeRawValue("");
            out.flush();
            frame.writeBytes(body);
            if (!files.isEmpty()) {
                out.writeName(CONTENTS).writeStartObject();
                for (var file : files) {
                    out.writeName(file.name()).writeBinary(file.content());
                }
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        return frame.toByteArray();
    }

    private void writeReferences(JsonGenerator out, String execution) {
        out.writeStartObject();
        for (var file : files) {
            out.writeName(file.name()).writeStartObject();
            out.writeStringProperty("url", fileUrl(execution, file.number()));
            out.writeStringProperty("content-type", file.contentType());
            out.writeNumberProperty("size", file.content().length);
            file.filename().ifPresent(name -> out.writeStringProperty("filename", name));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /**
     * Of a frame that has been read.
     *
     * @param others all its members but the body, the headers and the attachments
     */
    public static WebhookCall read(
            Map<String, Object> headers, Map<String, Object> attachments, Map<String, Object> others) {
        var contents = object(others.get(CONTENTS));
        var files = new ArrayList<File>();
        attachments.forEach((name, reference) -> {
            var about = object(reference);
            if (about.get("url") instanceof String url && contents.get(name) instanceof String content) {
                files.add(new File(
                        Integer.parseInt(url.substring(url.lastIndexOf('/') + 1)),
                        name,
                        Optional.ofNullable(about.get("filename"))
                                .filter(String.class::isInstance)
                                .map(String.class::cast),
                        String.valueOf(about.get("content-type")),
                        Base64.getDecoder().decode(content)));
            }
        });
        return new WebhookCall(
                others.get("method") instanceof String method ? method : "POST",
                others.get("url") instanceof String url ? url : "",
                others.get("additionalUrlPath") instanceof String path && !path.isEmpty() ? path : null,
                object(others.get("query")),
                headers,
                List.copyOf(files));
    }

    @SuppressWarnings("unchecked") // names in JSON are text
    private static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
