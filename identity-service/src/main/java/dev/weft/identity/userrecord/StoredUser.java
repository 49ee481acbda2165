package dev.weft.identity.userrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

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

    static StoredUser reserved(User user, @Nullable UserLeaving leaving) {
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
                leaving == null ? null : StoredLeaving.of(leaving),
                List.of());
    }

    User toUser() {
        return new User(id, tenant, email, firstName, lastName, company, registered, lastLogin);
    }

    static Query in(String id, String state) {
        return query(where("_id").is(id).and("state").is(state));
    }

    /** Some of those that are in a state since before that instant. */
    static Query since(String state, Instant limit) {
        return query(where("state").is(state).and("state_since").lt(limit)).limit(100);
    }

    static Update entering(String state, Instant now) {
        return new Update().set("state", state).set("state_since", now);
    }

    /** What differs of names and company. */
    static Update change(User present, User changed) {
        var change = new Update();
        setIfOther(change, "first_name", present.firstName(), changed.firstName());
        setIfOther(change, "last_name", present.lastName(), changed.lastName());
        setIfOther(change, "company", present.company(), changed.company());
        return change;
    }

    private static void setIfOther(Update change, String field, @Nullable String present, @Nullable String changed) {
        if (changed == null && present != null) {
            change.unset(field);
        } else if (changed != null && !changed.equals(present)) {
            change.set(field, changed);
        }
    }
}
