package dev.weft.identity.user;

import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which users a list shows: those of one e-mail, or those of a foreign identity ({@code iss}, {@code sub}), never both.
 *
 * @param tenantId asked for by a service account
 */
record UserFilter(
        @Nullable String email, boolean isForeign, @Nullable String tenantId, ListQuery.Page page) {

    static UserFilter of(ListQuery query) {
        var email = query.first("email").orElse(null);
        var isForeign = query.first("iss").isPresent() || query.first("sub").isPresent();
        if (email != null && isForeign) {
            throw Problem.parameter("email", "email can not be combined with iss or sub.")
                    .exception();
        }
        return new UserFilter(email, isForeign, query.first("tenant_id").orElse(null), query.page());
    }
}
