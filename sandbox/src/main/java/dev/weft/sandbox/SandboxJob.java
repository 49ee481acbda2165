package dev.weft.sandbox;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One kind of work that the worker process can do; found by {@link java.util.ServiceLoader}. A job knows no Spring, is
 * used by several threads at once, and may use up memory, stack or time: that ends its process, not the service.
 */
public interface SandboxJob {

    String kind();

    /** Loads what the first request would have to wait for; done once, on no request's time. */
    void prepare();

    /**
     * @param request plain JSON values
     * @param limit   how long it may take; the job ends by itself when it can, else its process is ended
     * @return plain JSON values
     * @throws WorkFailure when the work failed
     */
    Map<String, @Nullable Object> run(Map<String, @Nullable Object> request, Duration limit);
}
