package dev.weft.workspace.workspacerecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/** Looks for workspaces by their members. */
record MongoWorkspaceMembers(MongoTemplate mongo) {

    private static final int FEW = 8;

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
