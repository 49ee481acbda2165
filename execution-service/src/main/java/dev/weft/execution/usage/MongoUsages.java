package dev.weft.execution.usage;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/**
 * What flows have used, in the collection {@code usages}, one document a flow and day: {@code {_id: flow/day, f: flow, w:
 * workspace, c: contract, t: tenant, d: "2026-11-30", cpu, memory}}; and for some days {@code {_id: closed/workspace, d}} of
 * one that was deleted.
 */
@Repository
class MongoUsages {

    static final String COLLECTION = "usages";

    static final String FLOW = "f";
    static final String WORKSPACE = "w";
    static final String CONTRACT = "c";
    private static final String DAY = "d";
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final String CLOSED = "closed/";
    /** "0" is the character after "/". */
    private static final String BEHIND_CLOSED = "closed0";

    /** What was used, and for whom. */
    record Owned(String tenantId, String contractId, Usage used) {}

    private final MongoCollection<Document> usages;

    MongoUsages(MongoTemplate mongo) {
        this.usages = mongo.getCollection(COLLECTION);
        for (var field : new String[] {FLOW, WORKSPACE, CONTRACT}) {
            usages.createIndex(Indexes.ascending(field, DAY));
        }
        usages.createIndex(Indexes.ascending(DAY));
    }

    /** Two replicas may add to one day at once. What is of a deleted workspace is left out. */
    void add(Map<UsageDay, Owned> more) {
        var closed = closed(more.keySet());
        var writes = more.entrySet().stream()
                .filter(entry -> !closed.contains(CLOSED + entry.getKey().workspaceId()))
                .map(entry -> {
                    var day = entry.getKey();
                    var owned = entry.getValue();
                    return new UpdateOneModel<Document>(
                            Filters.eq("_id", day.flowId() + "/" + day.day()),
                            Updates.combine(
                                    Updates.set(FLOW, day.flowId()),
                                    Updates.set(WORKSPACE, day.workspaceId()),
                                    Updates.set(CONTRACT, owned.contractId()),
                                    Updates.set("t", owned.tenantId()),
                                    Updates.set(DAY, day.day().toString()),
                                    Updates.inc(CPU, owned.used().cpu()),
                                    Updates.inc(MEMORY, owned.used().memory())),
                            new UpdateOptions().upsert(true));
                })
                .toList();
        if (!writes.isEmpty()) {
            usages.bulkWrite(writes);
        }
    }

    /**
     * Sums of a period, by what {@code group} makes of a document's flow and day, in its order.
     *
     * @param field {@link #FLOW}, {@link #WORKSPACE} or {@link #CONTRACT}, and {@code id} its value
     */
    Map<String, Usage> sums(
            String field, String id, LocalDate from, LocalDate to, Function<StoredUsage, String> group) {
        var sums = new TreeMap<String, Usage>();
        var found = usages.find(Filters.and(
                        Filters.eq(field, id),
                        Filters.gte(DAY, from.toString()),
                        Filters.lte(DAY, to.toString())))
                .projection(Projections.include(FLOW, DAY, CPU, MEMORY));
        for (var document : found) {
            var stored = new StoredUsage(document.getString(FLOW), document.getString(DAY));
            var used = new Usage(number(document, CPU).longValue(), number(document, MEMORY).doubleValue());
            sums.merge(group.apply(stored), used, Usage::plus);
        }
        return sums;
    }

    private static Number number(Document document, String name) {
        return document.get(name) instanceof Number number ? number : 0;
    }

    private Set<String> closed(Set<UsageDay> days) {
        var marks = days.stream().map(day -> CLOSED + day.workspaceId()).distinct().toList();
        var found = new HashSet<String>();
        for (var mark : usages.find(Filters.in("_id", marks)).projection(Projections.include("_id"))) {
            found.add(mark.getString("_id"));
        }
        return found;
    }

    /** The workspace is deleted: its flows may work on for a moment, and other replicas have not stored all yet. */
    void close(String workspaceId, LocalDate today) {
        // The mark first: what is stored after it does not come back.
        usages.updateOne(
                Filters.eq("_id", CLOSED + workspaceId),
                Updates.set(DAY, today.toString()),
                new UpdateOptions().upsert(true));
        usages.deleteMany(Filters.eq(WORKSPACE, workspaceId));
    }

    /** Removes usages from before the one day, and marks from before the other. */
    void sweep(LocalDate oldest, LocalDate oldestMark) {
        usages.deleteMany(Filters.lt(DAY, oldest.toString()));
        usages.deleteMany(Filters.and(
                Filters.gte("_id", CLOSED), Filters.lt("_id", BEHIND_CLOSED), Filters.lt(DAY, oldestMark.toString())));
    }
}
