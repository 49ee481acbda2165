package dev.weft.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * CPU seconds and resident memory of the installation's processes, read from {@code /proc}: the launcher's pid files name
 * them, and this driver is one more.
 */
public final class ProcessUsage {

    private static final double TICKS_PER_SECOND = 100;
    private static final String OWN = "load generator + sink";

    private final Map<String, Long> processes = new LinkedHashMap<>();

    /** @param run the launcher's directory of pid files; it may be absent when Weft runs elsewhere */
    public ProcessUsage(Path run) {
        processes.put(OWN, ProcessHandle.current().pid());
        if (!Files.isDirectory(run)) {
            return;
        }
        try (var files = Files.list(run)) {
            files.filter(file -> file.toString().endsWith(".pid")).sorted().forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path file) {
        try {
            var pid = Long.parseLong(Files.readString(file).strip().split(" ", 2)[0]);
            processes.put(file.getFileName().toString().replace(".pid", ""), pid);
            ProcessHandle.of(pid)
                    .ifPresent(process -> process.descendants()
                            .filter(child -> child.info().command().orElse("").endsWith("java")
                                    || child.info().command().orElse("").contains("beam"))
                            .forEach(child -> processes.put(
                                    file.getFileName().toString().replace(".pid", "") + " child " + child.pid(),
                                    child.pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<String, UsageSample> sample() {
        var samples = new LinkedHashMap<String, UsageSample>();
        processes.forEach((name, pid) -> {
            var stat = Path.of("/proc", Long.toString(pid), "stat");
            // A process may have ended since the pid files were read, as a sandbox worker does.
            if (Files.exists(stat)) {
                samples.put(name, read(stat, pid));
            }
        });
        return samples;
    }

    private static UsageSample read(Path stat, long pid) {
        try {
            var text = Files.readString(stat);
            // The command, in brackets, may hold blanks.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            var cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
            var resident = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
            return new UsageSample(cpu, resident);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CPU seconds that the installation has used between two samples, without this driver. */
    public static double cpuSeconds(Map<String, UsageSample> before, Map<String, UsageSample> after) {
        return after.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(OWN))
                .mapToDouble(entry -> entry.getValue().cpuSeconds()
                        - before.getOrDefault(entry.getKey(), new UsageSample(0, 0))
                                .cpuSeconds())
                .sum();
    }

    /** A line a process: CPU seconds used between two samples, per unit of work, and memory at the end. */
    public static String difference(Map<String, UsageSample> before, Map<String, UsageSample> after, long units) {
        var text = new StringBuilder();
        var total = 0.0;
        for (var entry : after.entrySet()) {
            var earlier = before.get(entry.getKey());
            var cpu = entry.getValue().cpuSeconds() - (earlier == null ? 0 : earlier.cpuSeconds());
            total += cpu;
            text.append(String.format(
                    Locale.ROOT,
                    "  %-28s %7.1f CPU s  %6.3f ms/flow  %5d MiB%n",
                    entry.getKey(),
                    cpu,
                    cpu * 1000 / Math.max(1, units),
                    entry.getValue().residentMiB()));
        }
        text.append(String.format(
                Locale.ROOT, "  %-28s %7.1f CPU s  %6.3f ms/flow%n", "all", total, total * 1000 / Math.max(1, units)));
        return text.toString();
    }
}
