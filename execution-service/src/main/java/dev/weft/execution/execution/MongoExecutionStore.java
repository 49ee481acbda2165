package dev.weft.execution.execution;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.retention.MongoFlowSweep;
import dev.weft.execution.store.MongoWrites;
import dev.weft.execution.store.StoredDocumentCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/**
 * Executions in MongoDB: {@code executions}, one document each, and payloads that do not fit into it in
 * {@link MongoPayloads}. Every change of a document is conditional on its revision, so that replicas may write to the
 * same execution at the same time.
 *
 * <p>What a {@code RevisionedStore} does for one document this does for many in one bulk write: a write each would cost
 * the recorder a round trip an execution.
 */
@Repository
public class MongoExecutionStore implements FlowRemains {

    /** Tells of ends of executions. What is told is stored with what ends them. */
    interface Ends {

        /** For the caller whom nothing has answered. */
        Outgoing toCaller(Execution ended);

        /** For who watches it, whatever was answered. */
        Outgoing toWatcher(Execution ended);

        /** The words are stored: they may go. What a crash leaves is told by a sweep. */
        void tell(String executionId);

        /** The same; false when the broker has not taken all by the time that it returns. */
        boolean tellNow(String executionId);
    }

    static final String COLLECTION = "executions";

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
    private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> executions;
    private final MongoPayloads payloads;
    private final MongoOlderExecutions older;
    private final MongoExecutionLists lists;
    private final MongoTemplate mongo;
    private final Ids ids;
    private final Ends ends;

    public MongoExecutionStore(MongoTemplate mongo, Ids ids, Ends ends) {
        this.mongo = mongo;
        this.ends = ends;
        this.executions = StoredDocumentCodec.writing(mongo.getCollection(COLLECTION));
        this.payloads = new MongoPayloads(mongo);
        this.ids = ids;
        this.older = new MongoOlderExecutions(mongo);
        this.lists = new MongoExecutionLists(executions, older);
        var indexes = StoreTimeLimit.ofIndexes(executions);
        indexes.createIndex(Indexes.ascending("resend.at"), new IndexOptions().sparse(true));
        indexes.createIndex(Indexes.ascending("ro"), new IndexOptions().sparse(true));
        indexes.createIndex(Indexes.ascending("wf"), new IndexOptions().sparse(true));
    }

    /** A piece of what an upgrade of the release has to do. */
    void completeOlder(Instant now) {
        older.goOn(now);
    }

    /** Adds executions that are new; gives back the ids of those that were there already. */
    public Set<String> insert(Collection<Execution> fresh) {
        if (fresh.isEmpty()) {
            return Set.of();
        }
        var ordered = List.copyOf(fresh);
        var documents = new ArrayList<Document>(ordered.size());
        var told = tellEnds(ordered);
        var spilled = new LinkedHashMap<String, Document>();
        for (var execution : ordered) {
            execution.revision = 1;
            documents.add(StoredExecution.write(execution, null, MongoPayloads.into(spilled)));
        }
        payloads.keep(spilled.values());
        var known = new HashSet<String>();
        try {
            executions.insertMany(documents, UNORDERED);
        } catch (MongoBulkWriteException e) {
            for (var place : MongoWrites.requireOnlyDuplicates(e)) {
                known.add(ordered.get(place).id);
            }
        }
        // Nothing was inserted for those that existed already, so their end was not announced either.
        told.stream().filter(id -> !known.contains(id)).forEach(ends::tell);
        return known;
    }

    /** Of those that have ended, to whoever waits for it; their ids. */
    private List<String> tellEnds(Collection<Execution> changed) {
        List<String> told = List.of();
        for (var execution : changed) {
            if (tellsEnd(execution)) {
                if (told.isEmpty()) {
                    told = new ArrayList<>();
                }
                told.add(execution.id);
            }
        }
        return told;
    }

    private boolean tellsEnd(Execution execution) {
        var told = false;
        if (execution.owesCaller()) {
            execution.tellCaller(ends.toCaller(execution));
            told = true;
        }
        if (execution.owesWatcher()) {
            execution.tellWatcher(ends.toWatcher(execution));
            told = true;
        }
        return told;
    }

    public Map<String, Execution> load(Collection<String> executionIds) {
        var found = new HashMap<String, Execution>();
        for (var document : executions.find(Filters.in("_id", executionIds))) {
            var execution = StoredExecution.read(document);
            found.put(execution.id, execution);
        }
        return found;
    }

    /** Stores changed executions; gives back the ids of those that someone else changed meanwhile. */
    public Set<String> save(Collection<Execution> changed) {
        // A bulk write tells how many documents it changed, but not which: those that we changed bear this name.
        var by = ids.nextHex32();
        var told = tellEnds(changed);
        var spilled = new LinkedHashMap<String, Document>();
        var writes = new ArrayList<WriteModel<Document>>();
        var wanted = new HashSet<String>();
        for (var execution : changed) {
            wanted.add(execution.id);
            var before = execution.revision++;
            var document = StoredExecution.write(execution, by, MongoPayloads.into(spilled));
            writes.add(
                    before == 0
                            ? new InsertOneModel<>(document)
                            : new ReplaceOneModel<>(
                                    Filters.and(Filters.eq("_id", execution.id), Filters.eq("rev", before)),
                                    document,
                                    new ReplaceOptions()));
        }
        payloads.keep(spilled.values());
        try {
            var result = executions.bulkWrite(writes, ANY_ORDER);
            if (result.getInsertedCount() + result.getMatchedCount() == writes.size()) {
                told.forEach(ends::tell);
                return Set.of();
            }
        } catch (MongoBulkWriteException e) {
            MongoWrites.requireOnlyDuplicates(e);
        }
        for (var document : executions
                .find(Filters.and(Filters.in("_id", wanted), Filters.eq("by", by)))
                .projection(Projections.include("_id"))) {
            wanted.remove(document.getString("_id"));
        }
        told.stream().filter(id -> !wanted.contains(id)).forEach(ends::tell);
        return wanted;
    }

    /** Puts the payloads that lie elsewhere back into the steps; where so many bytes do not suffice, marks. */
    public void fetchPayloads(Execution execution, long mostBytes) {
        payloads.fetch(execution, mostBytes);
    }

    public Optional<Execution> find(String id) {
        return Optional.ofNullable(executions.find(Filters.eq("_id", id)).first())
                .map(StoredExecution::read);
    }

    public boolean exists(String id) {
        // The template translates the driver's exceptions, and callers tell from those that the store is away.
        return mongo.exists(Query.query(Criteria.where("_id").is(id)), "executions");
    }

    /** One page of a list, newest first; steps are not read. */
    public List<ListedExecution> page(ListedExecution.Filter filter, long skip, int size) {
        return lists.page(filter, skip, size);
    }

    public long count(ListedExecution.Filter filter) {
        return lists.count(filter);
    }

    /** Running executions of a flow, some at a time: a stop drops what they wait for, and asks until there are none. */
    public List<String> runningOf(String flowId) {
        return idsOf(runningIn(flowId));
    }

    private static Bson runningIn(String flowId) {
        // "/" is the character after ".".
        return new Document(
                "ro", new Document("$gte", StoredExecution.running(flowId, "")).append("$lt", flowId + "/"));
    }

    /** The same of one run. */
    public List<String> runningOf(String flowId, String runId) {
        return idsOf(Filters.eq("ro", StoredExecution.running(flowId, runId)));
    }

    private List<String> idsOf(Bson which) {
        var found = new ArrayList<String>();
        for (var document : executions
                .find(which)
                .projection(Projections.include("_id"))
                // A limit, since these are loaded whole.
                .limit(50)) {
            found.add(document.getString("_id"));
        }
        return found;
    }

    public boolean isRunning(String flowId, String runId) {
        return executions
                        .find(new Document("ro", StoredExecution.running(flowId, runId)))
                        .projection(Projections.include("_id"))
                        .first()
                != null;
    }

    /** Steps of a flow at which messages wait to come again, one entry a message. */
    public List<String> waitingRebounds(String flowId) {
        var steps = new ArrayList<String>();
        for (var document : executions.find(new Document("wf", flowId)).projection(Projections.include("wait"))) {
            steps.addAll(document.getList("wait", String.class));
        }
        return steps;
    }

    /** Changes executions that are there, whoever else does so at the same time. */
    public void change(Collection<String> executionIds, Consumer<Execution> change) {
        for (var id : executionIds) {
            for (var late = true; late; ) {
                var found = load(List.of(id)).values();
                found.forEach(change);
                late = !found.isEmpty() && !save(found).isEmpty();
            }
        }
    }

    /** Removes executions that began earlier, and of each flow all but the newest. */
    public void keep(Date from, long mostOfAFlow) {
        new MongoFlowSweep(executions, "st")
                .remove(
                        from,
                        mostOfAFlow,
                        (flow, doomed) -> payloads.delete(flow, doomed.getLast().getDate("st")));
        payloads.delete(from);
    }

    /** Running executions of a flow of whose end somebody is to be told, some at a time. */
    public List<String> awaitedOf(String flowId) {
        return idsOf(Filters.and(runningIn(flowId), Filters.or(Filters.exists("ew"), Filters.exists("wa"))));
    }

    /** Whoever is to be told of the end of one is told before it goes: with it would go what must be told. */
    @Override
    public void deleteFlow(String flowId) {
        var all = Filters.eq("f", flowId);
        // Asked by the deletion itself: a word that is stored after the others were told stays.
        var told = Filters.and(all, Filters.exists("outbox.0", false));
        StoreTimeLimit.ofMany(executions).deleteMany(told);
        for (var untold = idsOf(all); !untold.isEmpty(); untold = idsOf(all)) {
            // No further than to the first that is not taken: a broker that confirms nothing takes ten seconds for
            // each.
            if (!untold.stream().allMatch(ends::tellNow)) {
                throw new IllegalStateException(
                        "The broker does not take what is to be told of executions of flow " + flowId + ".");
            }
            StoreTimeLimit.ofMany(executions).deleteMany(told);
        }
        payloads.delete(flowId);
    }

    /** Executions whose retried messages were not confirmed when their process ended. */
    public List<String> leftBehind(Date before) {
        var found = new ArrayList<String>();
        for (var document : executions
                .find(Filters.lt("resend.at", before))
                .projection(Projections.include("_id"))
                .limit(100)) {
            found.add(document.getString("_id"));
        }
        return found;
    }
}
