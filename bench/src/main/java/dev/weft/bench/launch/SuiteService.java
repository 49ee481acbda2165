package dev.weft.bench.launch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The services, in the order of their ports. */
public enum SuiteService {
    GATEWAY("gateway", 0),
    IDENTITY("identity-service", 1),
    WORKSPACE("workspace-service", 2),
    REGISTRY("component-registry", 3),
    FLOW("flow-service", 4),
    EXECUTION("execution-service", 5);

    private static final int MANAGEMENT = 10;
    private static final int SECOND = 50;

    private final String module;
    private final int offset;

    SuiteService(String module, int offset) {
        this.module = module;
        this.offset = offset;
    }

    public String module() {
        return module;
    }

    /** @param replica 1 or 2; their ports lie around those of the servers, which are 20 to 40 above the base */
    public int port(int base, int replica) {
        return base + offset + (replica - 1) * SECOND;
    }

    public int managementPort(int base, int replica) {
        return port(base, replica) + MANAGEMENT;
    }

    public Map<String, String> ports(int base, int replica) {
        return Map.of(
                this == GATEWAY ? "WEFT_PORT" : "WEFT_" + name() + "_PORT",
                Integer.toString(port(base, replica)),
                "WEFT_" + name() + "_MANAGEMENT_PORT",
                Integer.toString(managementPort(base, replica)));
    }

    /** Of the gateway the first, of the others by turns, so that no set that was started together is left. */
    public int victim() {
        return offset % 2 + 1;
    }

    /** Those that others call. */
    public static List<SuiteService> called() {
        return Arrays.stream(values()).filter(service -> service != GATEWAY).toList();
    }

    public String urlVariable() {
        return "WEFT_" + name() + "_URL";
    }

    public String label(int replica) {
        return name().toLowerCase(Locale.ROOT) + "-" + replica;
    }
}
