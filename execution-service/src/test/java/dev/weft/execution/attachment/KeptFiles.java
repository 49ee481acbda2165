package dev.weft.execution.attachment;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Attachments in memory, by {@code flow/execution/number}. */
public final class KeptFiles implements Attachments {

    private final Map<String, File> files = new HashMap<>();

    public Map<String, File> all() {
        return files;
    }

    @Override
    public void keep(String flowId, String execution, Map<Integer, File> more) {
        more.forEach((number, file) -> files.put(flowId + "/" + execution + "/" + number, file));
    }

    @Override
    public Optional<File> find(String execution, int number) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith("/" + execution + "/" + number))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public void keep(Date from) {}
}
