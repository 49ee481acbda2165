package dev.weft.execution.usage;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/**
 * What flows have used, in the collection {@code usages}, one document a flow and day: {@code {_id: flow/day, f: flow, w:
 * workspace, c: contract, t: tenant, d: "2026-11-30", cpu, memory}}.
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

    /**
     * Adds to each day; two replicas may do so at once.
     *
     * @return those that were refused; all others are stored, and must not be added again
     */
    List<UsageDay> add(Map<UsageDay, Owned> more) {
        var days = List.copyOf(more.keySet());
        if (days.isEmpty()) {
            return days;
        }
        var writes = days.stream()
                .map(day -> write(day, Objects.requireNonNull(more.get(day))))
                .toList();
        try {
            // In any order: one that is refused keeps no other from being stored.
            usages.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            return e.getWriteErrors().stream()
                    .map(refused -> days.get(refused.getIndex()))
                    .toList();
        }
    }

    private static UpdateOneModel<Document> write(UsageDay day, Owned owned) {
        return new UpdateOneModel<>(
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
    }

    /** Sums of a period by flow, in the order of their ids; {@code field} is one of {@link #FLOW} and so on, {@code id} its value. */
    Map<String, Usage> byFlow(String field, String id, UsagePeriod period) {
        return sums(field, id, period, FLOW);
    }

    /** As {@link #byFlow}, by day. */
    Map<String, Usage> byDay(String field, String id, UsagePeriod period) {
        return sums(field, id, period, DAY);
    }

    /** Added up by the store: of a large contract there are many times as many documents as there are sums. */
    private Map<String, Usage> sums(String field, String id, UsagePeriod period, String group) {
        var sums = new TreeMap<String, Usage>();
        var found = usages.aggregate(List.of(
                Aggregates.match(Filters.and(
                        Filters.eq(field, id),
                        Filters.gte(DAY, period.from().toString()),
                        Filters.lte(DAY, period.to().toString()))),
                Aggregates.group(
                        "$" + group, Accumulators.sum(CPU, "$" + CPU), Accumulators.sum(MEMORY, "$" + MEMORY))));
        for (var sum : found) {
            sums.put(
                    sum.getString("_id"),
                    new Usage(number(sum, CPU).longValue(), number(sum, MEMORY).doubleValue()));
        }
        return sums;
    }

    private static Number number(Document document, String name) {
        return document.get(name) instanceof Number number ? number : 0;
    }

    void removeOf(String workspaceId) {
        usages.deleteMany(Filters.eq(WORKSPACE, workspaceId));
    }

    void removeBefore(LocalDate day) {
        usages.deleteMany(Filters.lt(DAY, day.toString()));
    }
}
