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
 * What is known of a webhook's call besides its body, on the way from the door to the step {@code webhook:receive}: the frame
 * of sailor-runtime 14 in plain JSON. The door writes it and the step reads it; frames wait in queues, and those of older
 * doors must still be read.
 *
 * <pre>{@code
 * {"id", "attachments": {"doc": {"url","content-type","size","filename"}}, "metadata": {}, "headers": {..}, "query": {..},
 *  "params": {"taskId"}, "method", "url", "originalUrl", "additionalUrlPath"?, "body": {..}, "files": {"doc": base64}?}
 * }</pre>
 *
 * <p>The message names each file by reference, as all later ones do; the bytes lie beside it and end with the first step,
 * which keeps them where the reference leads.
 *
 * @param headers by name in lower case
 * @param rest    of the path behind the flow's id; null: nothing
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
     * @param number   what its reference ends with
     * @param filename as the caller has named it; empty when it has not
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
            // The generator learns that there is a value; its bytes go beside it, since they are not decoded here.
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
