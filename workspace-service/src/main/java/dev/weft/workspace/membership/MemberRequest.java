package dev.weft.workspace.membership;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document {@code {"data":{"type","id":user,"attributes":{"roles":[..]}}}} of a request about one member. */
public final class MemberRequest {

    private final @Nullable JsonNode body;
    private final String type;

    public MemberRequest(@Nullable JsonNode body, String type) {
        this.body = body;
        this.type = type;
    }

    /** Of a user to be added: here the client chooses the id. */
    public MemberWish joining(Set<String> assignable) {
        var document = RequestDocument.of(body, type);
        var fields = document.fields();
        // Noted among the other faults and not thrown: all faults of a document are told at once (api-v2 1.5).
        var userId = document.id().filter(Ids::isEntity).orElse("");
        if (userId.isEmpty()) {
            fields.problem(Problem.invalid("/data/id", "id must be the identifier of a user."));
        }
        var roles = MemberRoles.read(fields, "roles", assignable);
        fields.orThrow();
        return new MemberWish(userId, roles);
    }

    /** The new roles of the member of the URL, whose id must be there too. */
    public List<String> changing(String userId, Set<String> assignable) {
        return MemberRoles.read(RequestDocument.of(body, type).forId(userId, true), assignable);
    }
}
