package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Resource;
import dev.weft.identity.userrecord.User;

/** A user on the wire (api-v2 4.5), and a service account when it asks for itself. */
final class UserResource {

    static final String TYPE = "user";

    private UserResource() {}

    static Resource of(User user) {
        return Resource.of(TYPE, user.id(), "/v2/users/" + user.id())
                .attribute("first_name", user.firstName())
                .attribute("last_name", user.lastName())
                .attribute("email", user.email())
                .optional("company", user.company())
                .attribute("registered", user.registered())
                .optional("last_login", user.lastLogin());
    }

    static Resource ofServiceAccount(Caller caller) {
        return Resource.of("service-account", caller.id(), "/v2/users/me").attribute("login", caller.name());
    }
}
