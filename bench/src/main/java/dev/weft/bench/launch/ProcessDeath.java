package dev.weft.bench.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Kills processes and knows the dead. */
final class ProcessDeath {

    private ProcessDeath() {}

    /**
     * {@code kill -9}; returns when the process is dead. Its parent may be one that buries nobody, so the dead are known by
     * their state; {@link ProcessHandle#onExit} looks for others' children only now and then.
     */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        while (isAlive(process)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    static boolean isAlive(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The name before the state is in brackets and may hold blanks.
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            // No such process, or a system without /proc.
            return process.isAlive();
        }
    }
}
