package dev.weft.common.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param type {@code user}, {@code service-account}, {@code machine-key} or {@code system}
 * @param id   null while all that is known is a name, as of an invited person who is no user yet
 * @param name e-mail or login, as it was then
 */
public record AuditActor(String type, @Nullable String id, String name) {

    private static final int LONGEST_NAME = 256;
    private static final String SYSTEM = "system";

    public AuditActor {
        name = Problem.cut(name, LONGEST_NAME);
    }

    /** What a service does by itself. */
    static AuditActor system(String service) {
        return new AuditActor(SYSTEM, service, service);
    }

    static AuditActor of(Caller caller) {
        return caller.isService()
                ? system(caller.id())
                : new AuditActor(caller.kind().wire(), caller.id(), caller.name());
    }
}
