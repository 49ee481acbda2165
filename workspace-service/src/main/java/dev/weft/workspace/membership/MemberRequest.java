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

    private final RequestDocument document;

    private MemberRequest(RequestDocument document) {
        this.document = document;
    }

    public static MemberRequest of(@Nullable JsonNode body, String type) {
        return new MemberRequest(RequestDocument.of(body, type));
    }

    /** The user to be added: here the client chooses the id. */
    public String userId() {
        return document.id()
                .filter(Ids::isEntity)
                .orElseThrow(() -> Problem.invalid("/data/id", "id must be the identifier of a user.")
                        .exception());
    }

    /** The id must be there and that of the URL. */
    public MemberRequest forUser(String userId) {
        document.forId(userId, true);
        return this;
    }

    public List<String> roles(Set<String> assignable) {
        return MemberRoles.read(document, assignable);
    }
}
