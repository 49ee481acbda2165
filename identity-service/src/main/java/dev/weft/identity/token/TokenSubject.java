package dev.weft.identity.token;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Caller.KeyBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller that an internal token names.
 *
 * @param tenantId null for service accounts and services
 * @param name     e-mail of a user, login of a service account, name of a service or a machine key
 * @param binding  of a machine key
 */
public record TokenSubject(
        Caller.Kind kind,
        String id,
        @Nullable String tenantId,
        String name,
        List<String> tenantRoles,
        @Nullable KeyBinding binding) {

    public static TokenSubject service(String name) {
        return new TokenSubject(Caller.Kind.SERVICE, name, null, name, List.of(), null);
    }

    public static TokenSubject serviceAccount(String id, String login) {
        return new TokenSubject(Caller.Kind.SERVICE_ACCOUNT, id, null, login, List.of(), null);
    }

    public static TokenSubject user(String id, String tenantId, String email, List<String> tenantRoles) {
        return new TokenSubject(Caller.Kind.USER, id, tenantId, email, tenantRoles, null);
    }

    public static TokenSubject machineKey(String accessKey, String tenantId, String name, KeyBinding binding) {
        return new TokenSubject(Caller.Kind.MACHINE_KEY, accessKey, tenantId, name, List.of(), binding);
    }
}
