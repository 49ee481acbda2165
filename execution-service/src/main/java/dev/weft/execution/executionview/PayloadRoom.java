package dev.weft.execution.executionview;

import dev.weft.execution.record.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * Bounds how much one answer shows of an execution's messages: {@value #MOST_BYTES} bytes. An execution may have a
 * thousand steps with a thousand outputs each, and stores an equal message once, however many steps show it. A payload
 * beyond the bound is replaced by the same mark as a single body that is too large.
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
