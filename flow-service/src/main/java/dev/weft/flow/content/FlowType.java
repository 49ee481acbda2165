package dev.weft.flow.content;

/** Whether the steps of a flow may sleep between messages; the API shows no other difference. */
public enum FlowType {
    ORDINARY("ordinary"),
    LONG_RUNNING("long_running");

    private final String wire;

    FlowType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static FlowType of(String wire) {
        return wire.equals(LONG_RUNNING.wire) ? LONG_RUNNING : ORDINARY;
    }
}
