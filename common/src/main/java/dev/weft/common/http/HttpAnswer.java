package dev.weft.common.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a server.
 *
 * @param headers all values by name in lower case
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    /**
     * Room in memory for one answer. It is requested step by step, since what a server announces costs the server
     * nothing: when more than a little has arrived, before it is unpacked, and when the whole is there.
     */
    public interface AnswerPlace {

        /** Bytes for which no room is asked. */
        int SMALL = 16 * 1024;

        /**
         * The answer may come to so many bytes, as far as anybody knows.
         *
         * @param patience how long room may be waited for
         * @throws HttpCallFailure when there is none in time
         */
        void read(int most, Duration patience) throws HttpCallFailure;

        /**
         * A packed answer is about to be unpacked.
         *
         * @throws HttpCallFailure as {@link #read}
         */
        void unpack(int packed) throws HttpCallFailure;

        /**
         * It is there, and something is made of it.
         *
         * @throws HttpCallFailure as {@link #read}
         */
        void make(byte[] body) throws HttpCallFailure;
    }

    /** The first of that name. */
    @Nullable
    public String header(String name) {
        var values = headers.get(name);
        return values == null ? null : values.getFirst();
    }

    boolean isRedirect() {
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                && headers.containsKey("location");
    }

    /** 408, 429 and the server's own faults: worth another try. */
    public boolean isTransient() {
        return status == 408 || status == 429 || status >= 500;
    }

    /**
     * With the codings of its content undone, and without the headers that tell of them.
     *
     * @throws HttpCallFailure when it can not be unpacked, or there is no room for what is made of it
     */
    public HttpAnswer unpacked(AnswerPlace place) throws HttpCallFailure {
        var codings = headers.get("content-encoding");
        if (codings == null || body.length == 0) {
            place.make(body);
            return this;
        }
        place.unpack(body.length);
        var plain = ResponseCoding.undo(codings, body);
        place.make(plain);
        var left = new LinkedHashMap<>(headers);
        left.remove("content-encoding");
        left.remove("content-length");
        return new HttpAnswer(status, left, plain);
    }

    /** A header that comes several times is an array. */
    public Map<String, Object> shownHeaders() {
        var shown = new LinkedHashMap<String, Object>();
        headers.forEach((name, values) -> shown.put(name, values.size() == 1 ? values.getFirst() : values));
        return shown;
    }
}
