package dev.weft.workspace.contractrecord;

import java.util.Locale;

/** Where a contract is in its life (api-v2 5.3); one under deletion is visible nowhere. */
public enum ContractStatus {
    ACTIVE,
    SUSPENDING,
    SUSPENDED,
    DELETING;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ContractStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
