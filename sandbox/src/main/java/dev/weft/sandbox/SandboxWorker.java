package dev.weft.sandbox;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The worker process: does the jobs that arrive on its standard input until that is closed, which happens at the latest
 * with the end of the service. Started with the argument {@value #SHARED} it serves many tenants, none of whom may take
 * most of its memory.
 */
public final class SandboxWorker {

    public static final String SHARED = "shared";

    /** Deep recursion of a tenant's expression ends at its own bound, not at the end of the stack. */
    private static final long STACK = 16L << 20;

    private static final byte[] NOTHING = SandboxFrames.encode(Map.of());

    private final Map<String, SandboxJob> jobs = new HashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final DataOutputStream out;
    private final MemoryWatch memory;
    private final ExecutorService threads =
            // The service limits how many requests are in work. A limit here would let a job that never ends block the
            // thread of another.
            Executors.newCachedThreadPool(work -> new Thread(null, work, "sandbox-job", STACK));

    private SandboxWorker(DataOutputStream out, boolean shared) {
        this.out = out;
        this.memory = new MemoryWatch(shared, this::end);
        ServiceLoader.load(SandboxJob.class).forEach(job -> jobs.put(job.kind(), job));
    }

    public static void main(String[] arguments) throws IOException {
        var out = new DataOutputStream(new BufferedOutputStream(System.out, 64 * 1024));
        // Libraries print to standard output, which is reserved for frames.
        System.setOut(System.err);
        try (var in = new DataInputStream(System.in)) {
            new SandboxWorker(out, List.of(arguments).contains(SHARED)).serve(in);
        } finally {
            // Threads of jobs that never end must not keep the process alive.
            Runtime.getRuntime().halt(0);
        }
    }

    private void serve(DataInputStream in) throws IOException {
        memory.start();
        answer(SandboxFrames.READY, NOTHING);
        for (var frame = SandboxFrames.read(in); frame != null; frame = SandboxFrames.read(in)) {
            var next = frame;
            threads.execute(() -> {
                memory.begin(next.request());
                try {
                    answer(next.request(), done(next.json()));
                } finally {
                    memory.end(next.request());
                }
            });
        }
    }

    /** Says who has taken more of the memory than one may, and dies of it: whatever it holds is free at once. */
    private void end(int culprit) {
        answer(SandboxFrames.culprit(culprit), NOTHING);
        Runtime.getRuntime().halt(1);
    }

    /** The answer to a request, whatever happens: one that has none costs all others their worker. */
    private byte[] done(byte[] json) {
        try {
            return written(work(SandboxFrames.decode(json)));
        } catch (WorkFailure e) {
            return failure(e.name(), e.text(), e.isQuoting());
        } catch (StackOverflowError _) {
            return failure("RangeError", "The work recurses too deeply.", false);
        } catch (OutOfMemoryError _) {
            return failure("RangeError", "The work needs too much memory.", false);
        } catch (RuntimeException | Error e) {
            // The service logs this output. Messages of libraries must not reach a flow's author.
            e.printStackTrace(System.err);
            return failure("SandboxError", "The sandbox met a fault of its own with this work.", false);
        }
    }

    private Map<String, ? extends @Nullable Object> work(Map<String, @Nullable Object> call) {
        var job = jobs.get(String.valueOf(call.get("kind")));
        if (job == null) {
            throw new WorkFailure("SandboxError", "The sandbox does not know this kind of work.");
        }
        // A request without a limit comes from the service itself, which has the worker load what the first job needs.
        if (!(call.get("limit_ms") instanceof Number limit)) {
            job.prepare();
            return Map.of();
        }
        return Map.of("result", job.run(object(call.get("request")), Duration.ofMillis(limit.longValue())));
    }

    private static byte[] written(Map<String, ? extends @Nullable Object> answer) {
        try {
            var json = SandboxFrames.encode(answer);
            if (json.length > SandboxFrames.LENGTH) {
                throw new WorkFailure("RangeError", "The result is too large.");
            }
            return json;
        } catch (JacksonException _) {
            throw new WorkFailure("RangeError", "The result nests too deeply.");
        }
    }

    private void answer(int request, byte[] json) {
        // Jobs end on several threads, and their frames must not be mixed.
        writing.lock();
        try {
            SandboxFrames.write(out, request, json);
        } catch (IOException e) {
            // The service is gone, so nobody reads the answer.
            Runtime.getRuntime().halt(1);
        } finally {
            writing.unlock();
        }
    }

    private static byte[] failure(String name, String message, boolean quoting) {
        return SandboxFrames.encode(Map.of("failure", Map.of("name", name, "message", message, "quoting", quoting)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
