package dev.weft.execution.execution;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.weft.common.duty.Duty;
import dev.weft.execution.execution.Execution.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Adds the field {@code few} to executions that an older release has stored (see {@link MongoExecutionLists}). Replicas
 * of the older release go on storing executions without it until the last of them is replaced: so this starts a quarter
 * of an hour after the upgrade. It works in pieces, and continues after a restart where the last piece ended. Its state
 * is one document: {@code {_id, since: when this release was first seen, after: the last execution that was looked at,
 * done}}.
 */
final class MongoOlderExecutions {

    private static final String COLLECTION = "execution_upgrades";
    private static final String FEW = "few";
    private static final int BATCH = 500;
    private static final int BATCHES = 200;
    private static final Duration TOGETHER = Duration.ofMinutes(15);

    private final MongoCollection<Document> executions;
    private final MongoCollection<Document> marks;
    private volatile boolean isDone;

    /** Before any index is made: a collection that is not there yet has nothing of an older release. */
    MongoOlderExecutions(MongoTemplate mongo) {
        this.executions = mongo.getCollection(MongoExecutionStore.COLLECTION);
        this.marks = mongo.getCollection(COLLECTION);
        var mark = marks.findOneAndUpdate(
                Filters.eq(FEW),
                Updates.setOnInsert("done", !mongo.collectionExists(MongoExecutionStore.COLLECTION)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        this.isDone = mark != null && mark.getBoolean("done", false);
    }

    /** Whether all have the field {@code few} that should; until then whoever looks for some of them reads all. */
    boolean isDone() {
        if (!isDone) {
            isDone = marks.find(Filters.and(Filters.eq(FEW), Filters.eq("done", true)))
                            .first()
                    != null;
        }
        return isDone;
    }

    /** A piece of it; one replica at a time. */
    void goOn(Instant now) {
        if (isDone()) {
            return;
        }
        noteWaits(executions);
        marks.updateOne(
                Filters.and(Filters.eq(FEW), Filters.exists("since", false)), Updates.set("since", Date.from(now)));
        var mark = marks.find(Filters.eq(FEW)).first();
        if (mark == null || now.isBefore(mark.getDate("since").toInstant().plus(TOGETHER))) {
            return;
        }
        var after = mark.getString("after");
        for (var n = 0; n < BATCHES; n++) {
            var batch = executions
                    .find(after == null ? Filters.empty() : Filters.gt("_id", after))
                    .sort(Sorts.ascending("_id"))
                    .limit(BATCH)
                    .projection(Projections.include("w", "f", "s", "st", "en", "rev", FEW))
                    .into(new ArrayList<>());
            if (batch.isEmpty()) {
                marks.updateOne(Filters.eq(FEW), Updates.set("done", true));
                return;
            }
            note(batch.stream()
                    .filter(document -> !document.containsKey(FEW) && isOfFew(document))
                    .toList());
            after = batch.getLast().getString("_id");
            marks.updateOne(Filters.eq(FEW), Updates.set("after", after));
        }
    }

    private static boolean isOfFew(Document stored) {
        return !Status.COMPLETED.wire().equals(stored.getString("s")) || stored.containsKey("en");
    }

    private void note(List<Document> few) {
        write(executions, few, document -> Updates.set(FEW, StoredExecution.few(document)));
    }

    /** Also of those that wait since when they do. */
    static void noteWaits(MongoCollection<Document> executions) {
        var waiting = executions
                .find(Filters.and(Filters.gt("wf", ""), Filters.exists("wu", false)))
                .projection(Projections.include("up", "rev"));
        write(executions, waiting, document -> Updates.set("wu", document.getDate("up")));
    }

    private static void write(
            MongoCollection<Document> executions, Iterable<Document> found, Function<Document, Bson> change) {
        var writes = new ArrayList<WriteModel<Document>>(BATCH);
        for (var document : found) {
            writes.add(new UpdateOneModel<>(
                    // If the execution was changed meanwhile, a replica of this release did it and has written the
                    // field as well.
                    Filters.and(Filters.eq(document.get("_id")), Filters.eq("rev", document.get("rev"))),
                    change.apply(document)));
            if (writes.size() == BATCH) {
                executions.bulkWrite(writes);
                writes.clear();
            }
        }
        if (!writes.isEmpty()) {
            executions.bulkWrite(writes);
        }
    }

    /** The duty that does this; after the upgrade is done it finds nothing to do. */
    @Configuration(proxyBeanMethods = false)
    static class Upgrade {

        @Bean
        Duty olderExecutionsDuty(MongoExecutionStore store, Clock clock) {
            return Duty.ofService("older-executions", Duration.ofMinutes(1), () -> store.completeOlder(clock.instant()))
                    .within(Duration.ofMinutes(10));
        }
    }
}
