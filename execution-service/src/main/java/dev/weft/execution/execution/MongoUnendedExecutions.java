package dev.weft.execution.execution;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.record.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Finds executions that are still running by their records, and of which no record has come for long. */
@Repository
public class MongoUnendedExecutions {

    /** Of a run, without their steps: as many as a flow may have unfinished. */
    private static final int MOST = 10_000;
    /** Read at a look. */
    private static final int MOST_OVERDUE = 1000;
    /** Of one execution at once. */
    private static final int MOST_MESSAGES = 1000;
    /** For the way back of what has waited. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final MongoCollection<Document> executions;
    private final MongoExecutionStore store;
    private final MongoOverdueWaits overdue;

    @Autowired
    MongoUnendedExecutions(MongoTemplate mongo, MongoExecutionStore store) {
        this(mongo, store, MOST_OVERDUE);
    }

    /** @param mostOverdue of those that wait, read at a look */
    MongoUnendedExecutions(MongoTemplate mongo, MongoExecutionStore store, int mostOverdue) {
        this.executions = mongo.getCollection(MongoExecutionStore.COLLECTION);
        this.store = store;
        this.overdue = new MongoOverdueWaits(executions, mostOverdue);
        MongoOlderExecutions.noteWaits(executions);
        StoreTimeLimit.ofIndexes(executions)
                .createIndex(Indexes.ascending("wu", "wf"), new IndexOptions().sparse(true));
    }

    /**
     * One such execution.
     *
     * @param revision changes with each of its records
     * @param runs     the runs that may hold messages of it
     */
    public record Unended(String id, long revision, List<String> runs) {}

    /**
     * Of a run, those that have heard nothing since; not those of which a message is being sent or waits to come again.
     *
     * @param longestWait whoever waits to come again has come when that is over
     */
    public List<Unended> of(String flowId, String runId, Instant since, Duration longestWait) {
        var found = new ArrayList<Unended>();
        for (var document : executions
                .find(Filters.and(
                        Filters.eq("ro", StoredExecution.running(flowId, runId)),
                        Filters.lt("up", Date.from(since)),
                        Filters.exists("resend", false),
                        hasNoneWaiting(since, longestWait)))
                .projection(Projections.include("rev", "ro"))
                .limit(MOST)) {
            found.add(new Unended(
                    document.getString("_id"),
                    document.get("rev", Number.class).longValue(),
                    StoredExecution.runs(Objects.requireNonNullElse(document.get("ro"), List.of()))));
        }
        return found;
    }

    private static Bson hasNoneWaiting(Instant since, Duration longestWait) {
        return Filters.or(Filters.exists("wf", false), Filters.lt("up", heardOfBefore(since, longestWait)));
    }

    private static Date heardOfBefore(Instant now, Duration longestWait) {
        return Date.from(now.minus(longestWait).minus(MARGIN));
    }

    /**
     * Flows of which messages wait to come again that must have come back by now: all of them, however many of one there
     * are. A look reads 1,000 waits; where there are more, those of a flow may be found some looks later, and are told of
     * for as long after they have ended.
     */
    public Set<String> flowsOfOverdueWaits(Instant now, Duration longestWait) {
        return overdue.look(heardOfBefore(now, longestWait));
    }

    /** Whether one runs that began before. */
    public boolean isAnyOf(String flowId, String runId, Instant begunBefore) {
        return executions
                        .find(Filters.and(
                                Filters.eq("ro", StoredExecution.running(flowId, runId)),
                                Filters.lt("st", Date.from(begunBefore))))
                        .projection(Projections.include("_id"))
                        .first()
                != null;
    }

    /**
     * What it misses, as the messages were that are gone; none when it has heard something since.
     *
     * @param lostAt at which step a message is that no record names, by the steps that have worked for its execution
     * @param newId  the id of such a message, by its effect key
     */
    public List<MessageEnvelope> missing(
            Unended unended, Function<Set<String>, String> lostAt, Function<String, String> newId) {
        return store.find(unended.id())
                .filter(execution -> execution.revision == unended.revision())
                .map(execution -> missing(execution, lostAt, newId))
                .orElse(List.of());
    }

    private static List<MessageEnvelope> missing(
            Execution execution, Function<Set<String>, String> lostAt, Function<String, String> newId) {
        var known = new HashMap<Long, KeptStep>();
        var worked = new HashSet<String>();
        for (var step : execution.steps.values()) {
            known.merge(
                    step.mark().key(),
                    step,
                    (a, b) -> a.mark().attempt() > b.mark().attempt() ? a : b);
            worked.add(step.stepId());
        }
        var missing = new ArrayList<MessageEnvelope>();
        for (var key : execution.open.bits()) {
            if (missing.size() == MOST_MESSAGES) {
                break;
            }
            var step = known.get(key);
            var effect = KeySet.key(key);
            missing.add(new MessageEnvelope(
                    step == null ? newId.apply(effect) : step.messageId(),
                    step == null ? null : step.parentMessageId(),
                    execution.id,
                    null,
                    step == null ? lostAt.apply(worked) : step.stepId(),
                    effect,
                    // No record, or that of a rebound: the attempt that should have followed is the one that is
                    // missing.
                    step == null || step.status() != StepRecord.Status.REBOUND
                            ? 0
                            : step.mark().attempt(),
                    0,
                    execution.caller,
                    execution.trigger,
                    execution.startedAt,
                    2,
                    Map.of()));
        }
        return missing;
    }
}
