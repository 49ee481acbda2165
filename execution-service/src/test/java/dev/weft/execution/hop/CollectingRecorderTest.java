package dev.weft.execution.hop;

import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.RecorderSpec;
import org.junit.jupiter.api.BeforeEach;

class CollectingRecorderTest implements RecorderSpec {

    private final CollectingRecorder recorder = new CollectingRecorder();

    @BeforeEach
    void begin() {
        recorder.goAway();
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    @Override
    public void open() {
        recorder.comeBack();
    }
}
