package dev.weft.identity.tenantrecord;

import dev.weft.common.problem.RequestFaults;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The change of a tenant that a request asks for; null leaves a member as it is.
 *
 * @param settings by their names on the wire; {@code feature_flags} are the ones that were sent, the others stay
 * @param faults   of the request, to which the use case adds what it finds before it refuses with all of them
 */
public record TenantChange(
        @Nullable String code,
        @Nullable String name,
        @Nullable String appDomain,
        @Nullable String emailFrom,
        Map<String, Object> settings,
        RequestFaults faults) {

    /** The user that is named as who helps members; null when the request names none. */
    @Nullable
    public String supportUserId() {
        return settings.get(Tenant.SUPPORT_USER) instanceof String id ? id : null;
    }
}
