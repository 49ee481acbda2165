package dev.weft.common.http;

import dev.weft.common.http.HttpAnswer.AnswerPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Reads an answer, as much of it as is accepted, for as long as the call has time. */
final class AnswerReading {

    private AnswerReading() {}

    static HttpAnswer read(ClassicHttpResponse response, HttpUriRequestBase request, AnswerPlace place)
            throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : text(header.getValue()));
        }
        var body = body(response.getEntity(), request, place);
        // The chunks were decoded already.
        headers.remove("transfer-encoding");
        return new HttpAnswer(response.getCode(), headers, body);
    }

    /** The client reads octets as Latin-1; most servers that go beyond ASCII write UTF-8. */
    private static String text(String octets) {
        if (isAscii(octets)) {
            return octets;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException _) {
            return octets;
        }
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static byte[] body(@Nullable HttpEntity entity, HttpUriRequestBase request, AnswerPlace place)
            throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        var known = entity.getContentLength();
        var out = new ByteArrayOutputStream(
                // Of a long body only a little is allocated at first: its announced length may be a lie.
                known > 0 ? (int) Math.min(known, AnswerPlace.SMALL) : 1024);
        // Not closed when it is too large: closing would read the rest.
        var in = entity.getContent();
        // One byte more than announced, so that the end of the stream shows without growing the buffer.
        var part = new byte[known >= 0 && known < 8192 ? (int) known + 1 : 8192];
        var hasRoom = false;
        for (var n = known > HttpCaller.BODY ? HttpCaller.BODY + 1 : in.read(part); n >= 0; n = in.read(part)) {
            if (out.size() + n > HttpCaller.BODY) {
                throw giveUp(request, HttpCallFailure.tooLarge());
            }
            if (!hasRoom && out.size() + n > AnswerPlace.SMALL) {
                try {
                    place.read(known > 0 ? (int) known : HttpCaller.BODY, CallTime.left());
                } catch (HttpCallFailure noRoom) {
                    throw giveUp(request, noRoom);
                }
                hasRoom = true;
            }
            out.write(part, 0, n);
        }
        return out.toByteArray();
    }

    private static GivenUp giveUp(HttpUriRequestBase request, HttpCallFailure reason) {
        request.cancel();
        return new GivenUp(reason);
    }

    /** The answer is larger than we accept and is not read to its end. */
    static final class GivenUp extends IOException {
        private static final long serialVersionUID = 1L;
        private final HttpCallFailure reason;

        GivenUp(HttpCallFailure reason) {
            this.reason = reason;
        }

        HttpCallFailure reason() {
            return reason;
        }
    }
}
