package dev.weft.workspace;

import dev.weft.common.service.WeftService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** workspace-service: contracts, workspaces, members, permissions, credentials. */
@SpringBootApplication
public class WorkspaceApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** The service with its settings, ready to run alone or beside others in one JVM. */
    public static SpringApplicationBuilder builder() {
        return WeftService.builder("workspace-service", WorkspaceApplication.class);
    }
}
