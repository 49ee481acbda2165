package dev.weft.identity.userrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * {@code {_id, tenant, email, first_name, last_name, company?, registered, last_login?, state, state_since, leaving?, outbox}}.
 *
 * @param state {@code creating}, {@code active} or {@code deleting}
 */
@Document(StoredUser.COLLECTION)
record StoredUser(
        @Id String id,
        String tenant,
        String email,
        @Field("first_name") String firstName,
        @Field("last_name") String lastName,
        @Nullable String company,
        Instant registered,
        @Field("last_login") @Nullable Instant lastLogin,
        String state,
        @Field("state_since") Instant stateSince,
        @Nullable StoredLeaving leaving,
        List<Outgoing> outbox) {

    static final String COLLECTION = "users";
    static final String CREATING = "creating";
    static final String ACTIVE = "active";
    static final String DELETING = "deleting";

    static StoredUser reserved(User user) {
        return new StoredUser(
                user.id(),
                user.tenantId(),
                user.email(),
                user.firstName(),
                user.lastName(),
                user.company(),
                user.registered(),
                null,
                CREATING,
                user.registered(),
                null,
                List.of());
    }

    User toUser() {
        return new User(id, tenant, email, firstName, lastName, company, registered, lastLogin);
    }
}
