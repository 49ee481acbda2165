package dev.weft.identity.policy;

import dev.weft.identity.policyrecord.DefaultRoles;
import dev.weft.identity.policyrecord.PolicyRole;
import java.util.List;

/**
 * What a request makes of a policy: it is right, but the state of things may be against it.
 *
 * @param roles all of them, in the order of the request
 */
record PolicyWish(List<PolicyRole> roles) {

    /** Refuses other permissions of a predefined role (409, after all that is wrong with values). */
    void requirePredefinedAsTheyAre() {
        for (int i = 0; i < roles.size(); i++) {
            var role = roles.get(i);
            var predefined = DefaultRoles.PREDEFINED.get(role.key());
            if (predefined != null && !predefined.permissions().equals(role.permissions())) {
                throw PolicyProblem.predefined(role.key(), "roles/" + i).exception();
            }
        }
    }
}
