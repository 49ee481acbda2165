package dev.weft.workspace.invite;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.workspace.inviterecord.InviteResource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about an invite. */
final class InviteRequest {

    private static final int LONGEST_EMAIL = 254;

    private final @Nullable JsonNode body;

    InviteRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** Into a contract, and perhaps into a workspace of it. {@code exists} tells whether an id is taken. */
    InviteWish intoContract(Predicate<String> exists) {
        var fields = RequestDocument.of(body, InviteResource.OF_CONTRACT)
                .withoutId(exists)
                .fields();
        fields.require(InviteProblem.EMAIL, InviteProblem.ROLES);
        var email = email(fields);
        if (fields.has(InviteProblem.WORKSPACE)) {
            fields.require(InviteProblem.WORKSPACE_ROLES);
        } else if (fields.has(InviteProblem.WORKSPACE_ROLES)) {
            fields.faults().add(InviteProblem.rolesWithoutWorkspace());
        }
        return read(email, fields);
    }

    /** Into a workspace, whose roles are named. */
    InviteWish intoWorkspace(String workspaceId, Predicate<String> exists) {
        var fields = RequestDocument.of(body, InviteResource.OF_WORKSPACE)
                .withoutId(exists)
                .fields();
        fields.require(InviteProblem.EMAIL, InviteProblem.ROLES);
        return new InviteWish(email(fields), null, workspaceId, roles(fields, InviteProblem.ROLES), fields.faults());
    }

    /** The address stays what it is. */
    InviteWish change(String id) {
        return read(
                null,
                RequestDocument.of(body, InviteResource.OF_CONTRACT)
                        .forId(id, true)
                        .fields());
    }

    private static InviteWish read(@Nullable String email, Fields fields) {
        return new InviteWish(
                email,
                roles(fields, InviteProblem.ROLES),
                workspaceId(fields),
                roles(fields, InviteProblem.WORKSPACE_ROLES),
                fields.faults());
    }

    private static @Nullable String email(Fields fields) {
        return fields.text(InviteProblem.EMAIL, 1, LONGEST_EMAIL).orElse(null);
    }

    private static @Nullable List<String> roles(Fields fields, String attribute) {
        var sent = fields.texts(attribute);
        if (sent.filter(List::isEmpty).isPresent()) {
            fields.problem(attribute, "At least one role is needed.");
        }
        return sent.map(roles -> roles.stream().distinct().toList()).orElse(null);
    }

    private static @Nullable String workspaceId(Fields fields) {
        var id = fields.text(InviteProblem.WORKSPACE, 1, 100).orElse(null);
        if (id != null && !Ids.isEntity(id)) {
            fields.problem(InviteProblem.WORKSPACE, "workspace_id must be the identifier of a workspace.");
            return null;
        }
        return id;
    }
}
