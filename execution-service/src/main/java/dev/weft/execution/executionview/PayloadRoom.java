package dev.weft.execution.executionview;

import dev.weft.execution.record.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * What one answer shows of the messages of an execution: {@value #MOST_BYTES} bytes. An execution has a thousand steps with
 * a thousand outputs each, and keeps each message once, however many steps show it. In the place of what is beyond stands
 * the mark that stands for a body which is too large by itself.
 */
final class PayloadRoom {

    static final long MOST_BYTES = 4 * 1024 * 1024;

    private long left = MOST_BYTES;

    Payload fitting(Payload payload) {
        return payload.isMark() || takes(payload) ? payload : Payload.leftOut(payload.bytes());
    }

    /** Those that fit; one mark stands for all others, since there may be very many. */
    List<Payload> fitting(List<Payload> payloads) {
        var fitting = new ArrayList<Payload>();
        var beyond = 0L;
        for (var payload : payloads) {
            if (takes(payload)) {
                fitting.add(payload);
            } else {
                beyond += payload.bytes();
            }
        }
        if (fitting.size() < payloads.size()) {
            fitting.add(beyond > 0 ? Payload.leftOut(beyond) : Payload.gone());
        }
        return fitting;
    }

    private boolean takes(Payload payload) {
        if (payload.json().length > left) {
            return false;
        }
        left -= payload.json().length;
        return true;
    }
}
