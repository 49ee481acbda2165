package dev.weft.workspace.membership;

import dev.weft.common.jsonapi.Resource;

/** Members as JSON:API shows them: {@code member} in workspaces, {@code contract-member} in contracts (api-v2 14). */
public final class MemberResource {

    private MemberResource() {}

    /** {@code {"id","type":"member","links":{"self":"/v2/members/{id}"},"attributes":{..,"roles":[..]}}}. */
    public static Resource ofWorkspace(MemberView view) {
        var member = view.member();
        return attributes(Resource.of("member", member.userId(), "/v2/members/" + member.userId()), view);
    }

    /** {@code {"id","type":"contract-member","attributes":{..,"roles":[..]},"relationships":{"user"}}}. */
    public static Resource ofContract(MemberView view) {
        var member = view.member();
        return attributes(Resource.of("contract-member", member.userId(), null), view)
                .toOne("user", "user", member.userId(), "/v2/users");
    }

    /** A user who is gone while a membership still names them has no name left to show. */
    private static Resource attributes(Resource resource, MemberView view) {
        var profile = view.profile();
        if (profile != null) {
            resource.attribute("first_name", profile.firstName())
                    .attribute("last_name", profile.lastName())
                    .attribute("email", profile.email());
        }
        return resource.attribute("roles", view.member().roles());
    }
}
