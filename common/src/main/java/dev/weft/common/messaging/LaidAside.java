package dev.weft.common.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import dev.weft.common.broker.EventBody;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.messaging.DeadMessages.DeadMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A message as it lies in {@code weft.dead}, under its own headers and those that tell of its death. */
record LaidAside(GetResponse found, JsonMapper json) {

    private static final String QUEUE = "x-weft-queue";
    private static final String REASON = "x-weft-reason";
    private static final String SINCE = "x-weft-dead-at";
    private static final String ATTEMPTS = "attempt";
    /** The reason, as older releases wrote it. */
    private static final String REFUSAL = "x-weft-refusal";
    /** All that speak of its death. */
    private static final List<String> OURS =
            List.of(QUEUE, REASON, SINCE, ATTEMPTS, REFUSAL, GivenBack.HEADER, "x-death");

    private static final int LONGEST_REASON = 500;

    /** Those to lay a message aside with. */
    static Map<String, Object> headers(String queue, String reason, int attempts, Instant now) {
        var told = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        return Map.of(QUEUE, queue, REASON, told, ATTEMPTS, attempts, SINCE, now.toEpochMilli());
    }

    String id() {
        var id = found.getProps().getMessageId();
        var flowMessage = text(header(FlowHeaders.MESSAGE_ID));
        return id != null ? id : flowMessage.isEmpty() ? "unknown" : flowMessage;
    }

    /** Where it came from; empty when that is not known. */
    String queue() {
        return text(header(QUEUE));
    }

    @Nullable
    Instant since() {
        return header(SINCE) instanceof Number since ? Instant.ofEpochMilli(since.longValue()) : null;
    }

    /** Empty for a flow message, or one that nobody can read. */
    Optional<DomainEvent> event() {
        try {
            return Optional.ofNullable(json.readValue(content(), DomainEvent.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    DeadMessage told(boolean withBody) {
        var event = event();
        return new DeadMessage(
                id(),
                queue(),
                header(REASON) == null ? text(header(REFUSAL)) : text(header(REASON)),
                header(ATTEMPTS) instanceof Number attempts ? attempts.intValue() : 0,
                since(),
                event.map(DomainEvent::type).orElse(null),
                event.map(DomainEvent::subjectId).orElse(null),
                event.map(DomainEvent::tenantId).orElse(null),
                content().length,
                withBody && event.isPresent() ? new String(content(), StandardCharsets.UTF_8) : null);
    }

    /** Those of its life. */
    Map<String, Object> ownHeaders() {
        var headers = found.getProps().getHeaders() == null
                ? new HashMap<String, Object>()
                : new HashMap<>(found.getProps().getHeaders());
        OURS.forEach(headers::remove);
        return headers;
    }

    /** To send it again with. */
    AMQP.BasicProperties properties(Map<String, Object> headers) {
        return found.getProps().builder().headers(headers).build();
    }

    /** As it is sent. */
    byte[] body() {
        return found.getBody();
    }

    private byte[] content() {
        return EventBody.of(found.getProps().getHeaders(), found.getBody());
    }

    private @Nullable Object header(String name) {
        var headers = found.getProps().getHeaders();
        return headers == null ? null : headers.get(name);
    }

    private static String text(@Nullable Object header) {
        return header == null ? "" : header.toString();
    }
}
