package dev.weft.flow;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class FlowArchitectureTest {

    @Test
    void featuresFormNoCycle() {
        ApplicationModules.of(FlowApplication.class).verify();
    }
}
