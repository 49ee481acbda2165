package dev.weft.bench.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** An installation in a home of its own, driven by {@code ./weft}; its parts are found by the launcher's pid files. */
public final class LaunchedWeft {

    private final LauncherCommand launcher;
    private final Path home;
    /** One command at a time: one that began beside the last {@code down} would leave processes behind. */
    private final ReentrantLock commands = new ReentrantLock();

    private volatile boolean ended;

    /** @param settings {@code WEFT_*} variables of the launcher; those of this process are not passed on */
    public LaunchedWeft(BuiltTree tree, Path home, Map<String, String> settings) {
        this.home = home.toAbsolutePath();
        this.launcher = new LauncherCommand(tree.launcher(), this.home, Map.copyOf(settings));
    }

    public Path home() {
        return home;
    }

    public Path credentials() {
        return home.resolve("credentials.json");
    }

    /** Of the gateway; the others follow from it. */
    public int port() throws IOException {
        return Integer.parseInt(Files.readString(home.resolve("port")).strip());
    }

    public Path log(String part) {
        return home.resolve("logs").resolve(part + ".log");
    }

    /** {@code up}, {@code servers}, {@code down}: returns when it is done; what is dead is started, what runs is left alone. */
    public void run(String... command) throws IOException, InterruptedException {
        commands.lockInterruptibly();
        try {
            if (ended) {
                throw new IOException("This program ends; nothing is started any more.");
            }
            launcher.run(command);
        } finally {
            commands.unlock();
        }
    }

    /** {@code kill -9} of a part; returns when it is dead. */
    public void kill(String part) throws IOException {
        ProcessDeath.kill(process(part));
    }

    /** Sends a signal, {@code STOP}, {@code CONT} or {@code TERM}, to a part. */
    public void signal(String part, String signal) throws IOException, InterruptedException {
        var pid = Long.toString(process(part).pid());
        var code = new ProcessBuilder("kill", "-" + signal, pid)
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + signal + " of " + part + " ended with " + code);
        }
    }

    /** {@code kill -9} of the processes that a part started itself; how many there were. */
    public int killChildren(String part) throws IOException {
        var children = process(part).descendants().toList();
        children.forEach(ProcessDeath::kill);
        return children.size();
    }

    public long pidOf(String part) throws IOException {
        return process(part).pid();
    }

    /** When the process of a part began. */
    public Instant startOf(String part) throws IOException {
        return process(part).info().startInstant().orElseThrow(() -> new IOException("No start of " + part));
    }

    public boolean isRunning(String part) throws IOException {
        return find(part).filter(ProcessDeath::isAlive).isPresent();
    }

    private ProcessHandle process(String part) throws IOException {
        return find(part).orElseThrow(() -> new IOException(part + " does not run"));
    }

    private Optional<ProcessHandle> find(String part) throws IOException {
        try {
            var pid =
                    Files.readString(home.resolve("run").resolve(part + ".pid")).strip();
            // Empty while the launcher writes it.
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid.split(" ", 2)[0]));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** However this program ends, the installation goes with it; its data stays, unless it is deleted already. */
    public void downAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended = true;
            // It waits for a command that is under way: what that one starts would else outlive the installation's end.
            commands.lock();
            try {
                if (launcher.isThere()) {
                    launcher.run("down");
                }
            } catch (IOException e) {
                System.err.println(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                commands.unlock();
            }
        }));
    }
}
