package dev.weft.workspace.membership;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document {@code {"data":{"type","id":user,"attributes":{"roles":[..]}}}} of a request about one member. */
public record MemberRequest(String userId, List<String> roles) {

    /** Of a user to be added: here the client chooses the id. */
    public static MemberRequest joining(@Nullable JsonNode body, String type, Set<String> assignable) {
        var document = RequestDocument.of(body, type);
        var fields = document.fields();
        var userId = document.id().filter(Ids::isEntity).orElse("");
        if (userId.isEmpty()) {
            fields.problem(Problem.invalid("/data/id", "id must be the identifier of a user."));
        }
        var roles = MemberRoles.read(fields, "roles", assignable);
        fields.orThrow();
        return new MemberRequest(userId, roles);
    }

    /** Of the member of the URL, whose id must be there too. */
    public static MemberRequest changing(@Nullable JsonNode body, String type, String userId, Set<String> assignable) {
        var document = RequestDocument.of(body, type).forId(userId, true);
        return new MemberRequest(userId, MemberRoles.read(document, assignable));
    }
}
