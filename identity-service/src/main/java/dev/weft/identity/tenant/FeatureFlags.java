package dev.weft.identity.tenant;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of a tenant and their defaults (api-v2 4.1). */
final class FeatureFlags {

    private static final Map<String, Boolean> DEFAULTS = Map.of(
            "contract_component_whitelist", false,
            "enabled_totp", false,
            "forced_totp", false,
            "email_verification", true,
            "sensitive_actions_reauth", false);

    private FeatureFlags() {}

    static boolean isKnown(String flag) {
        return DEFAULTS.containsKey(flag);
    }

    /** All flags: the stored ones where there are any. */
    static Map<String, Object> withDefaults(@Nullable Object stored) {
        var flags = new LinkedHashMap<String, Object>();
        DEFAULTS.keySet().stream().sorted().forEach(flag -> flags.put(flag, DEFAULTS.getOrDefault(flag, false)));
        if (stored instanceof Map<?, ?> set) {
            set.forEach((flag, value) -> flags.put(String.valueOf(flag), Boolean.TRUE.equals(value)));
        }
        return flags;
    }
}
