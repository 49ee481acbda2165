package dev.weft.execution.sandbox;

import dev.weft.sandbox.SandboxFrames;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker process and the requests that it holds. Once dead it stays dead. */
final class SandboxProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SandboxProcess.class);
    /** For a start, and for getting ready for a kind of work. */
    static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final CompletableFuture<byte[]> ready = new CompletableFuture<>();
    private final Map<Integer, Held> held = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<SandboxFrames.Frame> outgoing = new LinkedBlockingQueue<>();
    private final Set<String> prepared = new HashSet<>();
    private final AtomicInteger numbers = new AtomicInteger(SandboxFrames.READY);
    private volatile boolean dead;
    /** Whose request is known to be why it ended, "" when that has ended before: those of others are innocent. */
    private volatile @Nullable String culprit;

    private record Held(String tenant, CompletableFuture<byte[]> answer) {}

    private SandboxProcess(Process process) {
        this.process = process;
        // Pipes block their thread, so these are platform threads.
        Thread.ofPlatform().daemon().name("sandbox-answers").start(this::readAnswers);
        Thread.ofPlatform().daemon().name("sandbox-requests").start(this::writeRequests);
        Thread.ofPlatform().daemon().name("sandbox-errors").start(this::readErrors);
    }

    /** Starts a worker and waits until it can work; one that can not in time is ended, or each attempt would leave one. */
    static SandboxProcess start(WorkerUse use) throws InterruptedException {
        try {
            return start(SandboxCommand.start(use), START);
        } catch (IOException e) {
            throw new SandboxUnavailable("The sandbox worker does not start.", e);
        }
    }

    static SandboxProcess start(Process process, Duration limit) throws InterruptedException {
        var worker = new SandboxProcess(process);
        var ready = false;
        try {
            worker.await(worker.ready, limit);
            ready = true;
        } catch (Died | TimeoutException e) {
            throw new SandboxUnavailable("The sandbox worker does not start.", e);
        } finally {
            if (!ready) {
                worker.close();
            }
        }
        log.atInfo().addKeyValue("pid", worker.process.pid()).log("sandbox worker started");
        return worker;
    }

    /**
     * Makes it ready for a kind of work; not for use by several threads at once. What goes wrong here is no doing of the
     * request that waits for it, which the worker has not seen.
     */
    void prepare(String kind) throws InterruptedException {
        if (prepared.contains(kind)) {
            return;
        }
        try {
            ask("", SandboxFrames.encode(Map.of("kind", kind)), START);
            prepared.add(kind);
        } catch (Died | TimeoutException e) {
            throw new SandboxUnavailable("The sandbox worker did not get ready.", e);
        } finally {
            if (!prepared.contains(kind)) {
                close();
            }
        }
    }

    boolean isAlive() {
        return !dead && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * @throws Died             when the process ended before it answered
     * @throws TimeoutException when there is no answer in time; the caller ends the process then
     */
    byte[] ask(String tenant, byte[] json, Duration time) throws Died, TimeoutException, InterruptedException {
        var number = numbers.incrementAndGet();
        var answer = new CompletableFuture<byte[]>();
        // Registered before it is sent, since the answer may come at once.
        held.put(number, new Held(tenant, answer));
        outgoing.add(new SandboxFrames.Frame(number, json));
        // It may have died just before the request was registered; then nobody would tell the waiting caller.
        if (dead) {
            die();
        }
        try {
            return await(answer, time);
        } finally {
            held.remove(number);
        }
    }

    /** From now on it is dead, though the system may take a moment to end it. */
    @Override
    public void close() {
        die();
    }

    /** A request of the tenant has not ended in time. */
    void endOverrun(String tenant) {
        // Only while it lives: an earlier death has another cause.
        if (!dead) {
            culprit = tenant;
        }
        die();
    }

    private byte[] await(CompletableFuture<byte[]> answer, Duration time)
            throws Died, TimeoutException, InterruptedException {
        try {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Died death ? death : new Died(culprit, false);
        }
    }

    private void readAnswers() {
        try (var in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 64 * 1024))) {
            for (var frame = SandboxFrames.read(in); frame != null; frame = SandboxFrames.read(in)) {
                if (frame.request() < SandboxFrames.READY) {
                    blame(SandboxFrames.culprit(frame.request()));
                    break;
                }
                var asked = held.get(frame.request());
                if (frame.request() == SandboxFrames.READY) {
                    ready.complete(frame.json());
                } else if (asked != null) {
                    asked.answer().complete(frame.json());
                }
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("sandbox worker's answers ended");
        } finally {
            // Also after an Error, such as no memory for an answer: nothing would read the other answers any more.
            die();
        }
    }

    /** The worker's last word. */
    private void blame(int request) {
        var asked = held.get(request);
        culprit = asked == null ? "" : asked.tenant();
        if (asked != null) {
            asked.answer().completeExceptionally(new Died(asked.tenant(), true));
        }
    }

    private void writeRequests() {
        try (var out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 64 * 1024))) {
            while (!dead) {
                var frame = outgoing.take();
                if (frame.request() != SandboxFrames.READY) {
                    SandboxFrames.write(out, frame.request(), frame.json());
                }
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("sandbox worker's requests ended");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            die();
        }
    }

    private void readErrors() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                log.atDebug().addKeyValue("pid", process.pid()).log(line);
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("sandbox worker's errors ended");
        }
    }

    private void die() {
        if (!dead) {
            dead = true;
            log.atInfo()
                    .addKeyValue("pid", process.pid())
                    .addKeyValue("held", held.size())
                    .log("sandbox worker ended");
        }
        process.destroyForcibly();
        // Wakes up the writer thread.
        outgoing.add(new SandboxFrames.Frame(SandboxFrames.READY, new byte[0]));
        var death = new Died(culprit, false);
        ready.completeExceptionally(death);
        held.values().forEach(asked -> asked.answer().completeExceptionally(death));
    }

    /** The process ended while it held the request. */
    static final class Died extends Exception {
        private static final long serialVersionUID = 1L;

        private final @Nullable String tenant;
        private final boolean culprit;

        /** @param tenant whose request is known to be why, null when nobody knows */
        Died(@Nullable String tenant, boolean culprit) {
            super("The worker process ended.", null, false, false);
            this.tenant = tenant;
            this.culprit = culprit;
        }

        /** Whose request is known to be why, so that those of others are no suspects. */
        Optional<String> cause() {
            return Optional.ofNullable(tenant);
        }

        /** As far as the worker could tell it was this request. */
        boolean isCulprit() {
            return culprit;
        }
    }
}
