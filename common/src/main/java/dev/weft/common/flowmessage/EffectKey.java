package dev.weft.common.flowmessage;

import dev.weft.common.id.Ids;

/**
 * The key of a message's effect: the same each time the message is made again, after a crash for instance (engine 1);
 * 40 hex characters.
 */
public final class EffectKey {

    private EffectKey() {}

    /** Of a kick-off: the flow and what fired it (call id, due instant, polled item). */
    public static String kickOff(String flow, String cause) {
        return Ids.sha1("kick-off:" + flow + ":" + cause);
    }

    /**
     * Of a message over an edge.
     *
     * @param emit which of the messages that the step emitted for one input: its ordinal, or the name of a sailor's frame
     */
    public static String next(String parent, String target, String edge, String emit) {
        return Ids.sha1(parent + ":" + target + ":" + edge + ":" + emit);
    }
}
