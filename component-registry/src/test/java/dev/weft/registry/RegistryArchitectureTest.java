package dev.weft.registry;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class RegistryArchitectureTest {

    @Test
    void featuresFormNoCycle() {
        ApplicationModules.of(RegistryApplication.class).verify();
    }
}
