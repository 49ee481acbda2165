package dev.weft.common.broker;

import java.util.List;
import java.util.stream.LongStream;

class NotedSettlingTest implements SettlingSpec {

    private final NotedSettling settling = new NotedSettling();
    private int deliveries;

    @Override
    public Settling given(int count) {
        deliveries = count;
        return settling;
    }

    @Override
    public List<Long> requeued() {
        return settling.requeued();
    }

    @Override
    public void loseChannel() {
        settling.lose();
    }

    @Override
    public List<Long> left() {
        return LongStream.rangeClosed(1, deliveries)
                .boxed()
                .filter(tag -> !settling.acknowledged().contains(tag))
                .toList();
    }
}
