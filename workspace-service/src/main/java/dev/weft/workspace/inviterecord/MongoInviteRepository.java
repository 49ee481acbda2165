package dev.weft.workspace.inviterecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.id.Ids;
import dev.weft.workspace.permission.RoleName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Invites in the collection {@code invites}; one document each, which no other document knows of. How many mails there
 * were stands in {@code invite_mails}, {@code {_id: digest of contract and address/day, day, count}}: it stays when an
 * invite is withdrawn.
 */
@Repository
class MongoInviteRepository implements InviteRepository {

    private static final String CONTRACT = "contract";
    private static final String WORKSPACE = "workspace";
    private static final String SINCE = "since";
    private static final String MAILS = "invite_mails";
    private static final String DAY = "day";
    private static final String COUNT = "count";

    private final MongoTemplate mongo;
    private final Clock clock;

    MongoInviteRepository(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
        var indexes = mongo.indexOps(StoredInvite.COLLECTION);
        indexes.createIndex(new Index("place", Sort.Direction.ASC)
                .on("email", Sort.Direction.ASC)
                .unique());
        indexes.createIndex(new Index(CONTRACT, Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index(WORKSPACE, Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC));
        indexes.createIndex(new Index(SINCE, Sort.Direction.ASC));
        mongo.indexOps(MAILS).createIndex(new Index(DAY, Sort.Direction.ASC));
    }

    @Override
    public Optional<Invite> find(String id) {
        return Optional.ofNullable(mongo.findOne(alive(where("_id").is(id)), StoredInvite.class))
                .map(StoredInvite::read);
    }

    @Override
    public List<Invite> ofContract(String contractId) {
        return list(where(CONTRACT).is(contractId).and("roles").ne(List.of()));
    }

    @Override
    public List<Invite> ofWorkspace(String workspaceId) {
        return list(where(WORKSPACE).is(workspaceId));
    }

    private List<Invite> list(Criteria criteria) {
        return mongo.find(alive(criteria).with(Sort.by("_id")), StoredInvite.class).stream()
                .map(StoredInvite::read)
                .toList();
    }

    @Override
    public long count(String contractId) {
        return mongo.count(alive(where(CONTRACT).is(contractId)), StoredInvite.class);
    }

    @Override
    public boolean isPending(String place, String email) {
        return mongo.exists(alive(where("place").is(place).and("email").is(email)), StoredInvite.class);
    }

    @Override
    public boolean countMail(Invite invite, int most) {
        // Twice: the first mails of a day at once both insert, and the index refuses one of them.
        var isCounted = isCounted(invite, most);
        return isCounted || isCounted(invite, most);
    }

    private boolean isCounted(Invite invite, int most) {
        try {
            // When the day is full its document is not found, and inserting it once more is refused.
            mongo.upsert(
                    query(where("_id").is(mails(invite)).and(COUNT).lt(most)),
                    new Update().inc(COUNT, 1).set(DAY, day(invite.since()).toString()),
                    MAILS);
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void takeBackMail(Invite invite) {
        mongo.updateFirst(query(where("_id").is(mails(invite))), new Update().inc(COUNT, -1), MAILS);
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    /** No address stands there. The day is the invite's: what is counted before midnight is taken back there after it. */
    private static String mails(Invite invite) {
        return Ids.sha256(invite.contractId() + "/" + invite.email()) + "/" + day(invite.since());
    }

    @Override
    public boolean insert(Invite invite) {
        // One that has expired is gone for everybody but the index.
        mongo.remove(expired(where("place").is(invite.place()).and("email").is(invite.email())), StoredInvite.class);
        try {
            mongo.insert(StoredInvite.of(invite));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public Optional<Invite> save(Invite invite) {
        var asDecided = where("_id").is(invite.id()).and("revision").is(invite.revision());
        var saved = mongo.updateFirst(alive(asDecided), StoredInvite.of(invite).change(), StoredInvite.class);
        return saved.getMatchedCount() == 0 ? Optional.empty() : Optional.of(invite.next());
    }

    @Override
    public boolean remove(String id) {
        return mongo.remove(query(where("_id").is(id)), StoredInvite.class).getDeletedCount() > 0;
    }

    @Override
    public Optional<Invite> claim(String id, String by, Duration term) {
        var now = clock.instant();
        var free = alive(where("_id")
                .is(id)
                .orOperator(
                        where("claimedUntil").exists(false),
                        where("claimedUntil").is(null),
                        where("claimedUntil").lte(now)));
        var claimed = mongo.findAndModify(
                free,
                new Update().set("claim", by).set("claimedUntil", now.plus(term)),
                FindAndModifyOptions.options().returnNew(true),
                StoredInvite.class);
        return Optional.ofNullable(claimed).map(StoredInvite::read);
    }

    @Override
    public boolean isClaimed(String id, String by, long revision) {
        return mongo.exists(query(claimed(id, by).and("revision").is(revision)), StoredInvite.class);
    }

    @Override
    public void release(String id, String by) {
        mongo.updateFirst(
                query(claimed(id, by)), new Update().unset("claim").unset("claimedUntil"), StoredInvite.class);
    }

    private static Criteria claimed(String id, String by) {
        return where("_id").is(id).and("claim").is(by);
    }

    @Override
    public void removeJoined(String contractId, String email) {
        mongo.remove(
                query(where(CONTRACT)
                        .is(contractId)
                        .and("email")
                        .is(email)
                        .and(WORKSPACE)
                        .is(null)),
                StoredInvite.class);
        // What leads to a workspace too gives no role of the contract any more: whoever is removed from it later does
        // not
        // come back by an invite from before.
        var others = where(CONTRACT)
                .is(contractId)
                .and("email")
                .is(email)
                .and(WORKSPACE)
                .ne(null);
        mongo.updateMulti(query(others), new Update().set("roles", List.of()).inc("revision", 1), StoredInvite.class);
    }

    @Override
    public void removeNaming(String contractId, List<RoleName> roles) {
        roles.forEach(role -> mongo.remove(query(naming(where(CONTRACT).is(contractId), role)), StoredInvite.class));
    }

    @Override
    public void removeNaming(String tenantId, RoleName role) {
        mongo.remove(query(naming(where("tenant").is(tenantId), role)), StoredInvite.class);
    }

    private static Criteria naming(Criteria scope, RoleName role) {
        return scope.and(role.scope().equals(RoleName.WORKSPACES) ? "workspaceRoles" : "roles")
                .is(role.role());
    }

    @Override
    public void removeOfContract(String contractId) {
        mongo.remove(query(where(CONTRACT).is(contractId)), StoredInvite.class);
    }

    @Override
    public void removeOfWorkspace(String workspaceId) {
        mongo.remove(query(where("place").is(workspaceId)), StoredInvite.class);
        var others = query(where(WORKSPACE).is(workspaceId));
        mongo.updateMulti(
                others,
                new Update().unset(WORKSPACE).set("workspaceRoles", List.of()).inc("revision", 1),
                StoredInvite.class);
    }

    @Override
    public void removeExpired() {
        mongo.remove(expired(new Criteria()), StoredInvite.class);
        mongo.remove(query(where(DAY).lt(day(clock.instant()).toString())), MAILS);
    }

    private Query alive(Criteria criteria) {
        return query(criteria.and(SINCE).gt(clock.instant().minus(Invite.LIFE)));
    }

    private Query expired(Criteria criteria) {
        return query(criteria.and(SINCE).lte(clock.instant().minus(Invite.LIFE)));
    }
}
