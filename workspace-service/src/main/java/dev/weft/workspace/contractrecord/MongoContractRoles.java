package dev.weft.workspace.contractrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.workspace.permission.RoleName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/** Looks which roles contracts use. */
record MongoContractRoles(MongoTemplate mongo) {

    /** That a role is used shows in the first contract; which others are is told as far as these show it. */
    private static final int SOME = 100;

    static void index(IndexOperations indexes) {
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("members.roles", Sort.Direction.ASC));
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("availableRoles.role", Sort.Direction.ASC));
    }

    Set<RoleName> inUse(String tenantId, Set<RoleName> roles) {
        var used = new HashSet<RoleName>();
        var ofContracts = roles.stream()
                .filter(role -> role.scope().equals(RoleName.CONTRACTS))
                .map(RoleName::role)
                .toList();
        if (!ofContracts.isEmpty()) {
            found(where("tenant").is(tenantId).and("members.roles").in(ofContracts), "members.roles")
                    .forEach(contract -> contract.getList("members", Document.class, List.of())
                            .forEach(member -> member.getList("roles", String.class, List.of())
                                    .forEach(role -> used.add(RoleName.ofContract(role)))));
        }
        var names = roles.stream().map(RoleName::role).toList();
        var each = roles.stream()
                .map(role -> where("scope").is(role.scope()).and("role").is(role.role()))
                .toList();
        // The names for the index; that scope and name are of one role, only the other condition says.
        var named = where("tenant")
                .is(tenantId)
                .and("availableRoles.role")
                .in(names)
                .and("availableRoles")
                .elemMatch(new Criteria().orOperator(each));
        found(named, "availableRoles")
                .forEach(contract -> contract.getList("availableRoles", Document.class, List.of())
                        .forEach(role -> used.add(new RoleName(role.getString("scope"), role.getString("role")))));
        used.retainAll(roles);
        return used;
    }

    private List<Document> found(Criteria criteria, String field) {
        var query = MongoContractRepository.visible(criteria).limit(SOME);
        query.fields().include(field);
        return mongo.find(query, Document.class, MongoContractRepository.COLLECTION);
    }
}
