package dev.weft.execution.execution;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.store.MongoFlowsOfWorkspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * Lists of executions, newest first, and their totals. Nearly all executions are completed without an error; the few
 * others have the field {@code few}, with an index of its own. A list or total that can only show those is taken from
 * there. A list that shows completed ones too goes along the index of its scope, and its total is that of the scope
 * minus the few that do not match. So no list and no total reads many documents to find a few, except for a while after
 * an upgrade ({@link MongoOlderExecutions}).
 */
final class MongoExecutionLists {

    private static final Document NEWEST_FIRST = new Document("st", -1).append("_id", -1);
    private static final Document NEWEST_OF_FEW = new Document("few.st", -1).append("few.id", -1);

    private final MongoCollection<Document> executions;
    private final MongoOlderExecutions older;

    MongoExecutionLists(MongoCollection<Document> executions, MongoOlderExecutions older) {
        this.executions = executions;
        this.older = older;
        var indexes = StoreTimeLimit.ofIndexes(executions);
        indexes.createIndex(Indexes.compoundIndex(Indexes.ascending("w"), Indexes.descending("st", "_id")));
        indexes.createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("st", "_id")));
        createIndexOfFew(indexes, "few.w");
        createIndexOfFew(indexes, "few.f");
    }

    private static void createIndexOfFew(MongoCollection<Document> indexes, String scope) {
        indexes.createIndex(
                Indexes.compoundIndex(Indexes.ascending(scope, "few.s"), Indexes.descending("few.st", "few.id")),
                new IndexOptions().sparse(true));
    }

    /** One page; steps are not read. */
    List<ListedExecution> page(ListedExecution.Filter filter, long skip, int size) {
        var found = new ArrayList<ListedExecution>();
        var scope = scope(filter);
        var isOfFew = isOfFew(filter) && older.isDone();
        for (var document : executions
                .find(isOfFew ? few(filter, scope) : all(filter, scope))
                .sort(isOfFew ? NEWEST_OF_FEW : NEWEST_FIRST)
                .skip((int) skip)
                .limit(size)
                .projection(Projections.include(StoredExecution.LISTED))) {
            found.add(StoredExecution.readListed(document));
        }
        return found;
    }

    long count(ListedExecution.Filter filter) {
        var scope = scope(filter);
        if (!older.isDone()) {
            return executions.countDocuments(all(filter, scope));
        }
        if (isOfFew(filter)) {
            return executions.countDocuments(few(filter, scope));
        }
        var all = executions.countDocuments(inTime(new Document(scope), "st", filter));
        var others = statuses(status -> status != Status.COMPLETED
                && !filter.statuses().isEmpty()
                && !filter.statuses().contains(status.wire()));
        if (others.isEmpty()) {
            return all;
        }
        // An execution that ends between the two counts may be missing from the first, so the difference can be
        // negative.
        return Math.max(0, all - executions.countDocuments(few(scope, others, filter)));
    }

    /** Whether it shows none that is completed without an error. */
    private static boolean isOfFew(ListedExecution.Filter filter) {
        return !filter.steps().isEmpty()
                || !filter.search().isEmpty()
                || (!filter.statuses().isEmpty() && !filter.statuses().contains(Status.COMPLETED.wire()));
    }

    /** Each list has an index that begins with its scope. */
    private Document scope(ListedExecution.Filter filter) {
        if (filter.workspaceId() == null) {
            return new Document("f", filter.flowId());
        }
        return filter.flows().isEmpty()
                ? new Document("w", filter.workspaceId())
                : MongoFlowsOfWorkspace.query(executions, filter.workspaceId(), filter.flows(), NEWEST_FIRST);
    }

    private static Document all(ListedExecution.Filter filter, Document scope) {
        var query = new Document(scope);
        if (!filter.statuses().isEmpty()) {
            query.append("s", new Document("$in", filter.statuses()));
        }
        return inTime(withErrors(query, filter), "st", filter);
    }

    private static Document few(ListedExecution.Filter filter, Document scope) {
        var statuses = filter.statuses().isEmpty() ? statuses(_ -> true) : filter.statuses();
        return withErrors(few(scope, statuses, filter), filter);
    }

    private static Document withErrors(Document query, ListedExecution.Filter filter) {
        if (!filter.steps().isEmpty()) {
            query.append("errors.s", new Document("$in", filter.steps()));
        }
        if (!filter.search().isEmpty()) {
            query.append("errors.msg", Pattern.compile(Pattern.quote(filter.search()), Pattern.CASE_INSENSITIVE));
        }
        return query;
    }

    /** Asks for all statuses where there is no choice: the index gives the order of each of them, and they are merged. */
    private static Document few(Document scope, Collection<String> statuses, ListedExecution.Filter filter) {
        var query = new Document();
        scope.forEach((field, value) -> query.append("few." + field, value));
        query.append("few.s", new Document("$in", statuses));
        return inTime(query, "few.st", filter);
    }

    private static List<String> statuses(Predicate<Status> which) {
        return Arrays.stream(Status.values()).filter(which).map(Status::wire).toList();
    }

    private static Document inTime(Document query, String field, ListedExecution.Filter filter) {
        var time = new Document();
        if (filter.from() != null) {
            time.append("$gte", Date.from(filter.from()));
        }
        if (filter.to() != null) {
            time.append("$lte", Date.from(filter.to()));
        }
        return time.isEmpty() ? query : query.append(field, time);
    }
}
