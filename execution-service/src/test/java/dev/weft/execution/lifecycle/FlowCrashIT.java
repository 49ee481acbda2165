package dev.weft.execution.lifecycle;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** A replica dies in the middle of what it does for a flow, or hangs, and another one goes on; all over one service. */
class FlowCrashIT {

    @BeforeAll
    static void open() throws Exception {
        DyingReplicas.site = new CrashSite();
    }

    @AfterAll
    static void close() throws IOException {
        DyingReplicas.site.close();
    }

    @Nested
    class Starts extends StartCrashes {}

    @Nested
    class Resumptions extends ResumptionCrashes {}

    @Nested
    class Stops extends StopCrashes {}

    @Nested
    class Drains extends DrainCrashes {}

    @Nested
    class Wishes extends WishOrders {}
}
