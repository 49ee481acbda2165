package dev.weft.execution.log;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.retention.MongoFlowSweep;
import dev.weft.execution.store.MongoFlowsOfWorkspace;
import dev.weft.execution.store.MongoWrites;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.stereotype.Repository;

/** Log lines in MongoDB, one document each: {@code flow_logs}. */
@Repository
class MongoFlowLog implements FlowLog, FlowRemains {

    private static final String COLLECTION = "flow_logs";
    private static final int LARGEST_TOTAL = 10_000;
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private static final Document NEWEST_FIRST = new Document("at", -1).append("_id", -1);

    private final MongoTemplate mongo;
    private final MongoCollection<Document> lines;

    MongoFlowLog(MongoTemplate mongo) {
        this.mongo = mongo;
        this.lines = mongo.getCollection(COLLECTION);
        var indexes = StoreTimeLimit.ofIndexes(lines);
        indexes.createIndex(Indexes.compoundIndex(Indexes.ascending("w"), Indexes.descending("at", "_id")));
        indexes.createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("at", "_id")));
    }

    @Override
    public void append(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            lines.insertMany(entries.stream().map(MongoFlowLog::write).toList(), UNORDERED);
        } catch (MongoBulkWriteException e) {
            // A duplicate id is the same line, written again.
            MongoWrites.requireOnlyDuplicates(e);
        }
    }

    /**
     * Newest first; of lines of one time, which a delivery writes, the one written last: ids are in that order. Fewer than
     * asked for where they are long ({@link BoundedPage}): the next page begins behind them.
     */
    List<Entry> find(LogQuery asked, int offset, int limit) {
        var query = new BasicQuery(filter(asked));
        query.setSortObject(NEWEST_FIRST);
        return BoundedPage.read(mongo, query.skip(offset).limit(limit), COLLECTION, MongoFlowLog::read)
                .items();
    }

    /** All matches, counted up to 10,000 (api-v2 11.1). */
    long count(LogQuery query) {
        return lines.countDocuments(filter(query), new CountOptions().limit(LARGEST_TOTAL));
    }

    /** Removes lines that are older, and of each flow all but the newest. */
    void keep(Date from, long mostOfAFlow) {
        new MongoFlowSweep(lines, "at").remove(from, mostOfAFlow, (_, _) -> {});
    }

    @Override
    public void deleteFlow(String flowId) {
        StoreTimeLimit.ofMany(lines).deleteMany(Filters.eq("f", flowId));
    }

    private Document filter(LogQuery query) {
        var filter = query.flowIds().isEmpty()
                ? new Document("w", query.workspaceId())
                : MongoFlowsOfWorkspace.query(lines, query.workspaceId(), query.flowIds(), NEWEST_FIRST);
        var time = new Document();
        if (query.from() != null) {
            time.append("$gte", Date.from(query.from()));
        }
        if (query.to() != null) {
            time.append("$lte", Date.from(query.to()));
        }
        if (!time.isEmpty()) {
            filter.append("at", time);
        }
        if (!query.levels().isEmpty()) {
            filter.append("l", new Document("$in", query.levels()));
        }
        if (!query.search().isEmpty()) {
            // Stores fold the case of all scripts anyway, and not all know the flag UNICODE_CASE.
            filter.append("msg", Pattern.compile(Pattern.quote(query.search()), Pattern.CASE_INSENSITIVE));
        }
        return filter;
    }

    private static Document write(Entry e) {
        return new Document("_id", e.id())
                .append("t", e.tenantId())
                .append("w", e.workspaceId())
                .append("f", e.flowId())
                .append("u", e.userId())
                .append("c", e.componentId())
                .append("r", e.containerId())
                .append("s", e.stepId())
                .append("e", e.executionId())
                .append("m", e.method())
                .append("cn", e.componentName())
                .append("at", new Date(e.at()))
                .append("l", e.level())
                .append("msg", e.message());
    }

    private static Entry read(Document d) {
        return new Entry(
                d.getString("_id"),
                d.getString("t"),
                d.getString("w"),
                d.getString("f"),
                d.getString("u"),
                d.getString("c"),
                d.getString("r"),
                d.getString("s"),
                d.getString("e"),
                d.getString("m"),
                d.getString("cn"),
                d.getDate("at").getTime(),
                d.getInteger("l"),
                d.getString("msg"));
    }
}
