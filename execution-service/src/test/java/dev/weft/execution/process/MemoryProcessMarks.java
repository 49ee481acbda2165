package dev.weft.execution.process;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What processes of one test say of themselves. */
public final class MemoryProcessMarks implements ProcessMarks {

    private final Map<String, ProcessMark> marks = new ConcurrentHashMap<>();

    @Override
    public void put(ProcessMark mark) {
        marks.put(mark.id(), mark);
    }

    @Override
    public void remove(String id) {
        marks.remove(id);
    }

    @Override
    public List<ProcessMark> all() {
        return List.copyOf(marks.values());
    }

    @Override
    public void forget(long before) {
        marks.values().removeIf(mark -> mark.at() < before);
    }
}
