package dev.weft.workspace.membership;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import java.util.List;
import java.util.Set;

/** Reads the roles that a request gives to a member: at least one, each of them assignable here (400 otherwise). */
final class MemberRoles {

    private MemberRoles() {}

    public static List<String> read(RequestDocument document, Set<String> assignable) {
        var fields = document.fields();
        var roles = read(fields, "roles", assignable);
        fields.orThrow();
        return roles;
    }

    /** As {@link #read(RequestDocument, Set)}, beside other attributes; faults are left in {@code fields}. */
    public static List<String> read(Fields fields, String name, Set<String> assignable) {
        if (!fields.has(name)) {
            fields.problem(name, name + " is required.");
            return List.of();
        }
        var sent = fields.texts(name);
        if (sent.isPresent() && sent.get().isEmpty()) {
            fields.problem(name, "At least one role is needed.");
        }
        var roles = sent.orElse(List.of()).stream().distinct().toList();
        for (var role : roles) {
            if (!assignable.contains(role)) {
                fields.problem(name, "The role " + role + " can not be given here.");
            }
        }
        return roles;
    }
}
