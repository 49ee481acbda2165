package dev.weft.flow.flow;

import static dev.weft.flow.flow.StoredFlow.COLLECTION;
import static dev.weft.flow.flow.StoredFlow.RUN_QUEUES;
import static dev.weft.flow.flow.StoredFlow.UNSETTLED;
import static dev.weft.flow.flow.StoredFlow.live;

import dev.weft.common.event.Command;
import dev.weft.common.event.Outgoing;
import dev.weft.common.messaging.MessagingNames;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.flow.flow.FlowRepository.FlowListing;
import dev.weft.flow.flow.FlowRepository.FlowListing.Page;
import dev.weft.flow.quota.FlowLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Flows in the collection {@code flows}, one record each, with draft, latest version and waiting messages in it. {@link
 * StoredFlow} knows the shape, {@link RevisionedStore} writes it and has the messages sent.
 */
@Repository
class MongoFlowRepository implements FlowRepository {

    /** Every state but one: to be in a list is what an index can find. */
    private static final List<String> RUNNING = Stream.of(CurrentStatus.values())
            .filter(status -> status != CurrentStatus.INACTIVE)
            .map(CurrentStatus::wire)
            .toList();

    private static final String RUN_NOW = "\"type\":\"" + Command.FLOW_RUN_NOW.wire() + "\"";

    /** Of flows that are named in a refusal. */
    private static final int MOST_SHOWN = 100;

    private final MongoTemplate mongo;
    private final StoredFlow stored;
    private final RevisionedStore store;

    MongoFlowRepository(MongoTemplate mongo, StoredFlow stored, OutboxRelay relay) {
        this.mongo = mongo;
        this.stored = stored;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, Document.class);
        var indexes = mongo.indexOps(COLLECTION);
        // Every list is of one workspace, so every index begins with it; the id at the end makes the order of equal
        // names a fixed one.
        for (var order : List.of("_id", "name_key", "created_at", "updated_at")) {
            var index = new Index().on("workspace", Sort.Direction.ASC).on("live", Sort.Direction.ASC);
            indexes.createIndex(
                    order.equals("_id")
                            ? index.on("_id", Sort.Direction.ASC)
                            : index.on(order, Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        }
        indexes.createIndex(new Index()
                .on("contract", Sort.Direction.ASC)
                .on("live", Sort.Direction.ASC)
                .on("current_status", Sort.Direction.ASC));
        indexes.createIndex(new Index().on("tenant", Sort.Direction.ASC).on("live", Sort.Direction.ASC));
        indexes.createIndex(new Index().on("credentials", Sort.Direction.ASC));
        indexes.createIndex(new Index().on("draft_credentials", Sort.Direction.ASC));
        indexes.createIndex(new Index().on(StoredFlow.COMPONENTS, Sort.Direction.ASC));
        indexes.createIndex(new Index().on(StoredFlow.DRAFT_COMPONENTS, Sort.Direction.ASC));
        // Few flows are deleted at a time, so a sparse index has only those.
        indexes.createIndex(new Index().on("deleted_at", Sort.Direction.ASC).sparse());
    }

    @Override
    public Optional<Flow> find(String id) {
        return Optional.ofNullable(mongo.findOne(Query.query(live(id)), Document.class, COLLECTION))
                .map(stored::flow);
    }

    @Override
    public void insert(Flow flow, List<Outgoing> messages) {
        var document = new Document("_id", flow.id());
        document.putAll(stored.fields(flow));
        document.append("revision", 0L)
                .append("state_version", 0L)
                .append(OutboxField.NAME, OutboxField.waiting(messages));
        if (!store.insert(flow.id(), document, Telling.AFTERWARDS)) {
            throw new IllegalStateException("There is a flow " + flow.id() + " already.");
        }
    }

    @Override
    public boolean replace(Flow changed, List<Outgoing> messages) {
        var update = new Update();
        stored.fields(changed).forEach(update::set);
        return write(changed, update, messages);
    }

    @Override
    public boolean delete(Flow flow, Instant now, List<Outgoing> messages) {
        var update = new Update().set("live", false).set("deleted_at", Date.from(now));
        return write(flow, update, messages);
    }

    private boolean write(Flow flow, Update update, List<Outgoing> messages) {
        update.inc("revision", 1L);
        messages.stream()
                .filter(MongoFlowRepository::asksForState)
                .reduce((_, last) -> last)
                .ifPresent(command -> update.set(
                        UNSETTLED,
                        new Document("wish", flow.state().wish())
                                .append("at", Date.from(command.at()))
                                .append("message", OutboxField.waiting(command))));
        var unchanged = Query.query(live(flow.id()).and("revision").is(flow.revision()));
        return store.write(flow.id(), unchanged, update, messages, Telling.AFTERWARDS);
    }

    /** A command that execution-service answers with news; it says nothing about one to run now. */
    private static boolean asksForState(Outgoing message) {
        return message.exchange().equals(MessagingNames.COMMANDS)
                && !message.body().contains(RUN_NOW);
    }

    @Override
    public Page list(FlowListing listing) {
        var criteria = Criteria.where("workspace")
                .is(listing.workspaceId())
                .and("live")
                .is(true);
        anyOf(criteria, "status", listing.statuses());
        anyOf(criteria, "type", listing.types());
        anyOf(criteria, "user", listing.users());
        if (listing.hasDraft().size() == 1) {
            criteria.and("has_draft").is(Boolean.valueOf(listing.hasDraft().getFirst()));
        }
        if (!listing.search().isEmpty()) {
            // Quoted: people search for text, and a pattern of theirs could take for ever.
            var text = Pattern.compile(Pattern.quote(StoredFlow.key(listing.search())));
            criteria.orOperator(
                    Criteria.where("name_key").regex(text),
                    Criteria.where("description_key").regex(text));
        }
        // Counted before the page is read; a flow that comes or goes in between may be missing from the page.
        var total = mongo.count(Query.query(criteria), COLLECTION);
        var page =
                Query.query(criteria).with(order(listing)).skip(listing.skip()).limit(listing.size());
        // A list only needs to know whether there is a draft.
        page.fields().exclude("draft.graph", "outbox", UNSETTLED);
        var found = BoundedPage.read(mongo, page, COLLECTION, this::listed);
        return new Page(found.items(), found.cut(), total);
    }

    private Flow listed(Document document) {
        var draft = document.get("draft", Document.class);
        if (draft != null) {
            draft.append("graph", "{\"nodes\":[],\"edges\":[]}");
        }
        return stored.flow(document);
    }

    private static void anyOf(Criteria criteria, String field, List<String> values) {
        if (values.size() == 1) {
            criteria.and(field).is(values.getFirst());
        } else if (!values.isEmpty()) {
            criteria.and(field).in(values);
        }
    }

    private static Sort order(FlowListing listing) {
        var direction = listing.descending() ? Sort.Direction.DESC : Sort.Direction.ASC;
        return listing.sort()
                .map(field -> Sort.by(direction, field.equals("name") ? "name_key" : field, "_id"))
                .orElse(Sort.by(direction, "_id"));
    }

    @Override
    public List<String> usingCredential(String credentialId) {
        return ids(Criteria.where("credentials").is(credentialId).and("live").is(true));
    }

    @Override
    public long count(FlowLimit limit, List<String> without) {
        var counted = Criteria.where(limit.field()).is(limit.id()).and("live").is(true);
        if (!limit.uncounted().isEmpty()) {
            counted.and("workspace").nin(limit.uncounted());
        }
        return mongo.count(Query.query(counted.and("_id").nin(without)), COLLECTION);
    }

    @Override
    public List<String> usingComponent(String tenantId, String componentId, String command, List<String> others) {
        return ids(Criteria.where("tenant")
                .is(tenantId)
                .and("live")
                .is(true)
                .orOperator(
                        Criteria.where(StoredFlow.COMPONENTS).is(componentId),
                        Criteria.where(StoredFlow.DRAFT_COMPONENTS).is(command),
                        Criteria.where("_id").in(others)));
    }

    @Override
    public List<String> draftsUsingCredential(String workspaceId, String credentialId) {
        return ids(Criteria.where("draft_credentials")
                .is(credentialId)
                .and("workspace")
                .is(workspaceId)
                .and("live")
                .is(true));
    }

    @Override
    public List<String> deletedBefore(Instant instant, int most) {
        // Only without waiting messages: they are stored in the record, and if they were lost with it,
        // execution-service would run the flow for ever.
        var query = Query.query(Criteria.where("deleted_at")
                        .lt(Date.from(instant))
                        .and("outbox")
                        .size(0))
                .limit(most);
        return ids(query);
    }

    @Override
    public List<String> notStopped(String contractId) {
        // A flow that shall run never has current_status inactive, so this finds it.
        return ids(Criteria.where("contract")
                .is(contractId)
                .and("live")
                .is(true)
                .and("current_status")
                .in(RUNNING));
    }

    @Override
    public Map<String, Long> queues(String contractId) {
        ids(withQueues(contractId).and(RUN_QUEUES).exists(false)).forEach(this::count);
        return amounts(contractId, RUN_QUEUES);
    }

    @Override
    public Map<String, Long> containers(String contractId) {
        return amounts(contractId, StoredFlow.RUN_CONTAINERS);
    }

    private Map<String, Long> amounts(String contractId, String field) {
        var query = Query.query(withQueues(contractId));
        query.fields().include(field);
        return mongo.find(query, Document.class, COLLECTION).stream()
                .collect(Collectors.toMap(
                        flow -> flow.getString("_id"),
                        flow -> flow.get(field) instanceof Number amount ? amount.longValue() : 0L));
    }

    private static Criteria withQueues(String contractId) {
        return Criteria.where("contract")
                .is(contractId)
                .and("current_status")
                .in(RUNNING)
                .orOperator(
                        Criteria.where("live").is(true),
                        Criteria.where(UNSETTLED).exists(true));
    }

    /** One that an older release has stored; its revision stays, since nothing is changed that anybody decides on. */
    private void count(String id) {
        find(id).ifPresent(flow -> mongo.updateFirst(
                Query.query(live(id).and(RUN_QUEUES).exists(false)),
                new Update().set(RUN_QUEUES, flow.state().runs().count()),
                COLLECTION));
    }

    @Override
    public Optional<String> command(String id, long wish) {
        var query = Query.query(
                Criteria.where("_id").is(id).and(UNSETTLED + ".wish").is(wish));
        // Only this field: the record also contains the graph.
        query.fields().include(UNSETTLED);
        return Optional.ofNullable(mongo.findOne(query, Document.class, COLLECTION))
                .map(found -> found.getEmbedded(List.of(UNSETTLED, "message", "body"), String.class));
    }

    @Override
    public List<String> ofWorkspace(String workspaceId) {
        return ids(liveOf(workspaceId));
    }

    @Override
    public List<String> componentsOf(String workspaceId) {
        return mongo.findDistinct(Query.query(liveOf(workspaceId)), StoredFlow.COMPONENTS, COLLECTION, String.class);
    }

    private static Criteria liveOf(String workspaceId) {
        return Criteria.where("workspace").is(workspaceId).and("live").is(true);
    }

    @Override
    public List<String> settledOf(String workspaceId) {
        // Not one of which execution-service has not heard: until then its queues count for the contract.
        return ids(Criteria.where("workspace")
                .is(workspaceId)
                .and("live")
                .is(false)
                .and(OutboxField.NAME)
                .size(0)
                .and(UNSETTLED)
                .exists(false));
    }

    @Override
    public boolean hasAnyOf(String workspaceId) {
        return mongo.exists(Query.query(Criteria.where("workspace").is(workspaceId)), COLLECTION);
    }

    @Override
    public List<String> usingComponents(Collection<String> components, String otherThanContract) {
        var using = Criteria.where(StoredFlow.COMPONENTS)
                .in(components)
                .and("contract")
                .ne(otherThanContract)
                .and("live")
                .is(true);
        return ids(Query.query(using).with(Sort.by("_id")).limit(MOST_SHOWN));
    }

    private List<String> ids(Criteria criteria) {
        return ids(Query.query(criteria).with(Sort.by("_id")));
    }

    private List<String> ids(Query query) {
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    @Override
    public void purge(String id) {
        mongo.remove(Query.query(Criteria.where("_id").is(id).and("live").is(false)), COLLECTION);
    }
}
