package dev.weft.workspace;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class WorkspaceArchitectureTest {

    @Test
    void featuresFormNoCycleAndKeepTheirInsidesToThemselves() {
        ApplicationModules.of(WorkspaceApplication.class).verify();
    }
}
