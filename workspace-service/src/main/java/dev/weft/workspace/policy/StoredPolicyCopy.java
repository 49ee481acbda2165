package dev.weft.workspace.policy;

import dev.weft.common.event.Outgoing;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.policy.PolicyCopy.CopiedRole;
import dev.weft.workspace.policy.RoleMarks.Mark;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.query.Update;

/**
 * {@code {_id: tenant, revision, roles: [{scope, role, permissions, i18n}], names: ["workspaces/guest"], fetched_at,
 * edition, retiring?: [{token, names, until}], giving?: [..], closing?: [..], outbox}}.
 *
 * @param names   those of the roles, for the one update that gives a role only while it is there
 * @param edition how many policies have been stored there, this one included
 * @param closing of no roles: as long as one holds the tenant takes no contracts, since it may be about to go
 */
@Document(StoredPolicyCopy.COLLECTION)
record StoredPolicyCopy(
        @Id String id,
        long revision,
        List<CopiedRole> roles,
        List<String> names,
        @Field("fetched_at") Instant fetchedAt,
        long edition,
        @Nullable List<StoredMark> retiring,
        @Nullable List<StoredMark> giving,
        @Nullable List<StoredMark> closing,
        List<Outgoing> outbox) {

    static final String COLLECTION = "policy_copies";

    /** Some roles, and until when something is true of them. */
    record StoredMark(String token, List<String> names, Instant until) {

        static StoredMark of(Mark mark) {
            return new StoredMark(mark.token(), namesOf(mark.roles()), mark.until());
        }

        Mark read() {
            return new Mark(
                    token, names.stream().map(StoredPolicyCopy::roleName).collect(Collectors.toSet()), until);
        }
    }

    static StoredPolicyCopy of(PolicyCopy copy, List<Outgoing> facts) {
        return new StoredPolicyCopy(
                copy.tenantId(),
                copy.revision(),
                copy.roles(),
                namesOf(copy.names()),
                copy.fetchedAt(),
                copy.edition(),
                null,
                null,
                null,
                facts);
    }

    PolicyCopy read() {
        return new PolicyCopy(id, revision, roles, fetchedAt, edition);
    }

    /** What another policy writes; the marks stay as they are. */
    Update change() {
        return new Update()
                .set("revision", revision)
                .set("roles", roles)
                .set("names", names)
                .set("fetched_at", fetchedAt)
                .set("edition", edition);
    }

    Set<Mark> retirements() {
        return read(retiring);
    }

    Set<Mark> gifts() {
        return read(giving);
    }

    Set<Mark> closings() {
        return read(closing);
    }

    private static Set<Mark> read(@Nullable List<StoredMark> stored) {
        return stored == null ? Set.of() : stored.stream().map(StoredMark::read).collect(Collectors.toSet());
    }

    static List<String> namesOf(Collection<RoleName> roles) {
        return roles.stream().map(role -> role.scope() + "/" + role.role()).toList();
    }

    /** A scope has no slash; a role may. */
    private static RoleName roleName(String name) {
        var slash = name.indexOf('/');
        return new RoleName(name.substring(0, slash), name.substring(slash + 1));
    }
}
