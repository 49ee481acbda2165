package dev.weft.standalone.suite;

import dev.weft.flow.FlowApplication;
import dev.weft.identity.IdentityApplication;
import dev.weft.registry.RegistryApplication;
import dev.weft.workspace.WorkspaceApplication;

/** The four services that failure tests never kill, in one JVM, so that the topology fits a small machine. */
final class CoreServices {

    private CoreServices() {}

    public static void main(String[] arguments) {
        IdentityApplication.builder().run(arguments);
        WorkspaceApplication.builder().run(arguments);
        RegistryApplication.builder().run(arguments);
        FlowApplication.builder().run(arguments);
    }
}
