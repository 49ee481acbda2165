package dev.weft.workspace.membership;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.List;
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
    public MemberWish joining() {
        var document = RequestDocument.of(body, type);
        var fields = document.fields();
        // Noted among the other faults and not thrown: all faults of a document are told at once (api-v2 1.5).
        var userId = document.id().filter(Ids::isEntity).orElse("");
        if (userId.isEmpty()) {
            fields.faults()
                    .add(Problem.of(ProblemCode.VALIDATION_FAILED, "id must be the identifier of a user.")
                            .atId());
        }
        return new MemberWish(userId, roles(fields), fields.faults());
    }

    /** Of the member of the URL, whose id must be there too. */
    public MemberWish changing(String userId) {
        var fields = RequestDocument.of(body, type).forId(userId, true).fields();
        return new MemberWish(userId, roles(fields), fields.faults());
    }

    private static List<String> roles(Fields fields) {
        fields.require("roles");
        var sent = fields.texts("roles");
        if (sent.filter(List::isEmpty).isPresent()) {
            fields.problem("roles", "At least one role is needed.");
        }
        return sent.orElse(List.of()).stream().distinct().toList();
    }
}
