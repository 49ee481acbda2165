package dev.weft.identity.authentication;

import dev.weft.identity.directory.BearerSubject;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.ForeignIdentity;
import dev.weft.identity.openid.OpenIdIdentity;
import dev.weft.identity.openid.OpenIdRepository;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The users that bearer tokens name: by the account of the log-in, or by who that is at a tenant's identity provider. */
@Service
final class BearerUsers {

    private final Directory directory;
    private final UserRepository users;
    private final OpenIdRepository identities;

    BearerUsers(Directory directory, UserRepository users, OpenIdRepository identities) {
        this.directory = directory;
        this.users = users;
        this.identities = identities;
    }

    public Optional<User> of(String token) {
        return directory.subjectOf(token).flatMap(subject -> switch (subject) {
            case BearerSubject.Account(var user, var tenant) -> find(user, tenant);
            case BearerSubject.Foreign(var known) -> named(known);
        });
    }

    private Optional<User> named(List<ForeignIdentity> known) {
        var ours = known.stream()
                .flatMap(one -> identities.find(one.tenantId(), one.iss(), one.sub()).stream())
                .toList();
        // An account that is two persons at two providers may not choose which one it is.
        return ours.stream().map(OpenIdIdentity::userId).distinct().count() == 1
                ? find(ours.getFirst().userId(), ours.getFirst().tenantId())
                : Optional.empty();
    }

    private Optional<User> find(String userId, String tenantId) {
        return users.find(userId).filter(user -> user.tenantId().equals(tenantId));
    }
}
