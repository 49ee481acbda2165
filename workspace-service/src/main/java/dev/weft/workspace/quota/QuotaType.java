package dev.weft.workspace.quota;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What quotas are about; the wire name is the lower-case one (api-v2 12). */
public enum QuotaType {
    PER_WORKSPACE_FLOW_COUNT_LIMIT(Depth.WORKSPACE),
    PER_CONTRACT_FLOW_COUNT_LIMIT(Depth.CONTRACT),
    PER_TENANT_FLOW_COUNT_LIMIT(Depth.TENANT),
    PER_CONTRACT_WORKSPACE_COUNT_FULL(Depth.CONTRACT),
    PER_CONTRACT_WORKSPACE_COUNT_LIMITED(Depth.CONTRACT),
    PER_CONTRACT_USER_COUNT_LIMIT(Depth.CONTRACT),
    PER_CONTRACT_CONTAINER_COUNT_LIMIT(Depth.CONTRACT),
    PER_CONTRACT_WEBHOOK_REQUESTS_PER_MINUTE_LIMIT(Depth.CONTRACT),
    PER_CONTRACT_QUEUE_COUNT_LIMIT(Depth.CONTRACT);

    /** What a quota is counted for. */
    enum Depth {
        TENANT(1),
        CONTRACT(2),
        WORKSPACE(3);

        private final int ids;

        Depth(int ids) {
            this.ids = ids;
        }

        /** How many ids name one. */
        int ids() {
            return ids;
        }
    }

    private final Depth depth;

    QuotaType(Depth depth) {
        this.depth = depth;
    }

    Depth depth() {
        return depth;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<QuotaType> find(String wire) {
        return Stream.of(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }
}
