package dev.weft.workspace.workspacerecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.workspace.permission.RoleName;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/** Looks for workspaces by their members. */
record MongoWorkspaceMembers(MongoTemplate mongo) {

    private static final int FEW = 8;
    /** That a role is used shows in the first workspace; which others are is told as far as these show it. */
    private static final int SOME = 100;

    List<String> ofUser(String userId) {
        return ids(MongoWorkspaceRepository.visible(where("members.user").is(userId)));
    }

    List<String> ofMember(String contractId, String userId) {
        return ids(ofContract(contractId, userId));
    }

    List<SharedMembership> shared(String userId, String otherId) {
        return each(
                MongoWorkspaceRepository.visible(where("members.user").is(userId)),
                workspace -> workspace.members().find(userId).stream()
                        .map(member -> new SharedMembership(
                                workspace.tenantId(),
                                member,
                                workspace.members().has(otherId))));
    }

    List<String> ownedOnlyBy(String contractId, String userId) {
        return each(
                ofContract(contractId, userId),
                workspace -> workspace.members().hasNoOwnerBut(userId) ? Stream.of(workspace.id()) : Stream.empty());
    }

    Set<RoleName> rolesInUse(String tenantId, Set<RoleName> roles) {
        var names = roles.stream()
                .filter(role -> role.scope().equals(RoleName.WORKSPACES))
                .map(RoleName::role)
                .toList();
        if (names.isEmpty()) {
            return Set.of();
        }
        var query = MongoWorkspaceRepository.visible(
                        where("tenant").is(tenantId).and("members.roles").in(names))
                .limit(SOME);
        query.fields().include("members.roles");
        return mongo.find(query, Document.class, MongoWorkspaceRepository.COLLECTION).stream()
                .flatMap(workspace -> workspace.getList("members", Document.class, List.of()).stream())
                .flatMap(member -> member.getList("roles", String.class, List.of()).stream())
                .map(RoleName::ofWorkspace)
                .filter(roles::contains)
                .collect(Collectors.toSet());
    }

    private static Query ofContract(String contractId, String userId) {
        return MongoWorkspaceRepository.visible(
                where("contract").is(contractId).and("members.user").is(userId));
    }

    List<String> ids(Query query) {
        query.fields().include("_id");
        return mongo.find(query, Document.class, MongoWorkspaceRepository.COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    /** A few of them in memory at a time. */
    private <T> List<T> each(Query query, Function<Workspace, Stream<T>> wanted) {
        try (var found = mongo.stream(query.cursorBatchSize(FEW), StoredWorkspace.class)) {
            return found.map(StoredWorkspace::read).flatMap(wanted).toList();
        }
    }
}
