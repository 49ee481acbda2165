package dev.weft.identity.user;

import dev.weft.common.problem.RequestFaults;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a user to be made.
 *
 * @param email  in its normal form
 * @param faults of the request, to which the use case adds what it finds before it refuses with all of them
 */
record NewUser(
        String email,
        String firstName,
        String lastName,
        @Nullable String company,
        String password,
        RequestFaults faults) {

    @Override
    public String toString() {
        // A record prints its values, and the password must not land in a log line.
        return "NewUser[" + email + "]";
    }
}
