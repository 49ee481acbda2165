package dev.weft.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.audit.AuditActor;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class MongoAuditRepositoryIT {

    private static final Ids IDS = new Ids();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static EmbeddedStore store;
    private static MongoClient client;

    private final String tenant = IDS.next();
    private final String contract = IDS.next();
    private final String workspace = IDS.next();
    private final String flow = IDS.next();
    private final String ann = IDS.next();
    private MongoTemplate mongo;
    private MongoAuditRepository trail;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        store.close();
    }

    @BeforeEach
    void aTrail() {
        mongo = new MongoTemplate(client, "trail");
        mongo.dropCollection(StoredAuditEntry.COLLECTION);
        trail = new MongoAuditRepository(mongo);
    }

    private Place here() {
        return new Place(tenant, contract, workspace);
    }

    private AuditEntry entry(int second, String action, int status, Place place, @Nullable String object) {
        return new AuditEntry(
                IDS.next(),
                START.plusSeconds(second),
                action,
                AuditOutcome.of(status),
                status,
                new AuditActor("user", ann, "ann@example.com"),
                action.substring(0, action.indexOf('.')),
                object,
                place,
                "192.0.2.1",
                "r",
                List.of("name"),
                false);
    }

    private static AuditEntry presumed(AuditEntry entry) {
        return new AuditEntry(
                entry.id(),
                entry.at(),
                entry.action(),
                AuditOutcome.FAILED,
                503,
                entry.actor(),
                entry.objectType(),
                entry.objectId(),
                entry.place(),
                entry.ip(),
                entry.requestId(),
                List.of(),
                true);
    }

    private AuditFilter all() {
        return new AuditFilter(tenant, null, null, null, null, null, null, null, null);
    }

    private List<AuditEntry> list(AuditFilter filter) {
        return trail.list(filter, 0, 100).entries();
    }

    @Test
    void keepsEachEntryAsItWasToldAndShowsTheNewestFirst() {
        var made = entry(1, "flow.create", 201, here(), flow);
        var refused = entry(2, "user.create", 403, new Place(tenant, null, null), null);
        var elsewhere = entry(3, "flow.create", 201, new Place(IDS.next(), contract, null), flow);

        trail.add(List.of(made, refused, elsewhere));
        trail.add(List.of(refused, made));

        var found = trail.list(all(), 0, 10);
        assertThat(found.entries()).containsExactly(refused, made);
        assertThat(found.total()).isEqualTo(2);
        assertThat(trail.list(all(), 1, 1)).isEqualTo(new FoundAudit(List.of(made), 2));
        assertThat(trail.list(all().ofTenant(null), 0, 10).total()).isEqualTo(3);
    }

    @Test
    void whatWasPresumedYieldsToWhatIsKnownWhicheverComesFirst() {
        var first = entry(1, "flow.start", 202, here(), flow);
        var second = entry(2, "flow.stop", 202, here(), flow);
        var dead = entry(3, "flow.suspend", 202, here(), flow);

        trail.add(List.of(presumed(first), presumed(dead)));
        trail.add(List.of(first, second));
        trail.add(List.of(presumed(second), presumed(dead)));

        assertThat(list(all())).hasSize(3).contains(first, second);
        assertThat(list(all()).getFirst().outcome()).isEqualTo(AuditOutcome.FAILED);
    }

    @Test
    void everyFilterNarrowsAndAllTogether() {
        var other = IDS.next();
        trail.add(List.of(
                entry(1, "flow.create", 201, here(), flow),
                entry(2, "flow.start", 403, here(), flow),
                entry(3, "flow.start", 202, here(), flow),
                entry(4, "flow.start", 202, new Place(tenant, contract, other), other),
                entry(5, "contract.update", 200, new Place(tenant, other, null), other)));

        assertThat(list(new AuditFilter(tenant, contract, null, null, null, null, null, null, null)))
                .hasSize(4);
        assertThat(list(new AuditFilter(tenant, null, workspace, null, null, null, null, null, null)))
                .hasSize(3);
        assertThat(list(new AuditFilter(tenant, null, null, ann, null, null, null, null, null)))
                .hasSize(5);
        assertThat(list(new AuditFilter(tenant, null, null, IDS.next(), null, null, null, null, null)))
                .isEmpty();
        assertThat(list(new AuditFilter(tenant, null, null, null, other, null, null, null, null)))
                .hasSize(2);
        assertThat(list(new AuditFilter(tenant, null, null, null, null, "flow.start", null, null, null)))
                .hasSize(3);
        assertThat(list(new AuditFilter(tenant, null, null, null, null, null, AuditOutcome.REFUSED, null, null)))
                .hasSize(1);
        assertThat(list(new AuditFilter(
                        tenant, null, null, null, null, null, null, START.plusSeconds(2), START.plusSeconds(4))))
                .hasSize(3);
        assertThat(list(new AuditFilter(
                        tenant,
                        contract,
                        workspace,
                        ann,
                        flow,
                        "flow.start",
                        AuditOutcome.SUCCEEDED,
                        START.plusSeconds(3),
                        START.plusSeconds(3))))
                .hasSize(1);
    }

    /** The gateway refuses, say, a body that is no JSON before anybody knows whose flow it is about. */
    @Test
    void aRefusalIsPlacedWhereItsObjectIsKnownToBe() {
        trail.add(List.of(entry(1, "flow.create", 201, here(), flow)));
        var nowhere = new Place(tenant, null, null);

        trail.add(List.of(
                entry(2, "flow.update", 415, nowhere, flow),
                entry(3, "member.create", 415, new Place(tenant, null, workspace), null),
                entry(4, "flow.update", 415, new Place(IDS.next(), null, null), flow),
                entry(5, "flow.update", 415, nowhere, IDS.next())));

        assertThat(list(new AuditFilter(tenant, contract, workspace, null, null, null, null, null, null)))
                .extracting(AuditEntry::action)
                .containsExactly("member.create", "flow.update", "flow.create");
    }

    /** Services tell by themselves, each when it can: what is told of a thing may come before its creation. */
    @Test
    void aRefusalThatIsToldBeforeTheCreationOfItsObjectIsPlacedThen() {
        trail.add(List.of(entry(2, "flow.update", 415, new Place(tenant, null, null), flow)));

        trail.add(List.of(entry(1, "flow.create", 201, here(), flow)));

        assertThat(list(new AuditFilter(tenant, contract, workspace, null, flow, null, null, null, null)))
                .extracting(AuditEntry::action)
                .containsExactly("flow.update", "flow.create");
    }

    @Test
    void aRefusalThatIsToldTogetherWithTheCreationOfItsObjectIsPlacedToo() {
        trail.add(List.of(
                entry(2, "flow.update", 415, new Place(tenant, null, null), flow),
                entry(1, "flow.create", 201, here(), flow)));

        assertThat(list(new AuditFilter(tenant, contract, workspace, null, flow, null, null, null, null)))
                .hasSize(2);
    }

    /** The owner of a contract learns nothing of what its members do elsewhere. */
    @Test
    void whatUsersDoIsInNoContractBecauseTheyAreMembersOfIt() {
        trail.add(List.of(
                entry(1, "contract-member.create", 201, new Place(tenant, contract, null), ann),
                entry(2, "user.update", 200, new Place(tenant, null, null), ann),
                entry(3, "api-key.generate", 200, new Place(tenant, null, null), ann)));

        assertThat(list(new AuditFilter(tenant, contract, null, null, null, null, null, null, null)))
                .extracting(AuditEntry::action)
                .containsExactly("contract-member.create");
    }

    /** Whoever holds the token of an invite that is gone asks for something of that contract. */
    @Test
    void whoIsKnownByNoTenantIsPlacedWhereTheInviteWas() {
        var invite = IDS.next();
        trail.add(List.of(entry(1, "contract-invite.create", 201, new Place(tenant, contract, null), invite)));

        trail.add(List.of(
                entry(2, "invite.accept", 404, new Place(null, null, null), invite),
                entry(3, "invite.accept", 404, new Place(null, null, null), IDS.next())));

        assertThat(list(new AuditFilter(tenant, contract, null, null, null, null, null, null, null)))
                .extracting(AuditEntry::action)
                .containsExactly("invite.accept", "contract-invite.create");
    }

    @Test
    void whatAServiceAccountIsRefusedAtAContractIsItsTenants() {
        var tenantless = new Place(null, contract, null);
        var stranger = new Place(IDS.next(), contract, null);
        trail.add(List.of(
                entry(1, "contract-member.create", 201, new Place(tenant, contract, null), ann),
                entry(2, "contract-member.create", 404, stranger, ann)));

        trail.add(List.of(
                entry(3, "contract-member.update", 415, tenantless, ann),
                entry(4, "contract.update", 415, new Place(null, IDS.next(), null), IDS.next())));

        assertThat(list(all()))
                .extracting(AuditEntry::action)
                .containsExactly("contract-member.update", "contract-member.create");
        assertThat(list(all()).getFirst().place()).isEqualTo(new Place(tenant, contract, null));
    }

    @Test
    void whatAServiceAccountIsRefusedIsPlacedAlsoWhenItIsToldBeforeTheCreation() {
        trail.add(List.of(
                entry(3, "flow.update", 415, new Place(null, null, null), flow),
                entry(4, "contract-member.update", 415, new Place(null, contract, null), ann),
                entry(5, "contract.update", 415, new Place(null, contract, null), contract)));

        trail.add(List.of(
                entry(1, "contract.create", 201, new Place(tenant, contract, null), contract),
                entry(2, "flow.create", 201, here(), flow)));

        assertThat(list(all()))
                .extracting(AuditEntry::action)
                .containsExactly(
                        "contract.update", "contract-member.update", "flow.update", "flow.create", "contract.create");
        assertThat(list(all()).get(2).place()).isEqualTo(here());
    }

    @Test
    void whoIsNoUserYetHasANameAndNoIdentifier() {
        var known = entry(1, "invite.accept", 400, new Place(tenant, contract, null), IDS.next());
        var unknown = new AuditEntry(
                known.id(),
                known.at(),
                known.action(),
                known.outcome(),
                known.status(),
                new AuditActor("user", null, "joan@example.com"),
                known.objectType(),
                known.objectId(),
                known.place(),
                known.ip(),
                known.requestId(),
                List.of(),
                false);

        trail.add(List.of(unknown));

        assertThat(list(all())).containsExactly(unknown);
    }

    @Test
    void aContractThatIsGoneIsKnownByWhatWasDoneInIt() {
        trail.add(List.of(entry(1, "contract.delete", 202, new Place(tenant, contract, null), contract)));
        trail.add(List.of(entry(1, "contract.delete", 415, new Place(tenant, workspace, null), workspace)));

        assertThat(trail.knowsContract(tenant, contract)).isTrue();
        assertThat(trail.knowsContract(null, contract)).isTrue();
        assertThat(trail.knowsContract(null, workspace)).isFalse();
        assertThat(trail.knowsContract(IDS.next(), contract)).isFalse();
        assertThat(trail.knowsContract(tenant, workspace)).isFalse();
    }

    @Test
    void oldEntriesGo() {
        trail.add(IntStream.range(0, 10)
                .mapToObj(second -> entry(second, "flow.start", 202, here(), flow))
                .toList());

        trail.removeBefore(START.plusSeconds(7));

        assertThat(list(all())).hasSize(3);
    }
}
