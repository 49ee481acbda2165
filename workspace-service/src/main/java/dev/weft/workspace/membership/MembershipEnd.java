package dev.weft.workspace.membership;

import dev.weft.common.event.DomainEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a membership, as {@link MembershipFacts} tells it, or component-registry of its teams.
 *
 * @param scope   {@code contract}, {@code workspace} or {@code team}; {@code scopeId} says which one
 * @param actorId who ended it; empty for the system
 * @param heirId  who takes over what the user owned there; null for nobody
 */
public record MembershipEnd(
        String scope,
        String scopeId,
        String userId,
        String actorId,
        @Nullable String heirId) {

    /** Empty when the membership goes on with other roles. */
    public static Optional<MembershipEnd> of(DomainEvent changed) {
        // A fact from a later release may have roles of another form. It is then a change and no end: nothing is taken
        // from anybody because a message was not understood.
        if (!List.of().equals(changed.payload().get("roles"))) {
            return Optional.empty();
        }
        return Optional.of(new MembershipEnd(
                text(changed, "scope"),
                changed.subjectId(),
                text(changed, "user_id"),
                Objects.requireNonNullElse(changed.actorId(), ""),
                changed.payload().get("heir_id") instanceof String heir ? heir : null));
    }

    private static String text(DomainEvent changed, String name) {
        return (String) Objects.requireNonNull(changed.payload().get(name), name);
    }

    public boolean isOfContract() {
        return scope.equals("contract");
    }

    public boolean isOfWorkspace() {
        return scope.equals("workspace");
    }
}
