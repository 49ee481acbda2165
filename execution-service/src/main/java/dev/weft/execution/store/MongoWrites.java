package dev.weft.execution.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import java.util.HashSet;
import java.util.Set;

/** Interprets the driver's errors of writes. */
public final class MongoWrites {

    /** The store's codes for a document that is too large, as it is given or as an update would make it. */
    private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);
    /**
     * Of single writes within a bulk, whose codes the driver does not look at: no primary now, shutting down, timed out, a
     * conflict with another write. They come while a replica set elects.
     */
    private static final Set<Integer> NOT_NOW = Set.of(
            6, 7, 24, 50, 64, 89, 91, 112, 134, 189, 202, 262, 317, 358, 9001, 10058, 10107, 11600, 11601, 11602, 13435,
            13436);

    private MongoWrites() {}

    /**
     * The places of documents of a bulk that were there already, which is no failure.
     *
     * @throws MongoException when anything else went wrong: some write was refused, or what was written is not as safe
     *     as it must be
     */
    public static Set<Integer> requireOnlyDuplicates(MongoBulkWriteException thrown) {
        var places = new HashSet<Integer>();
        for (var error : thrown.getWriteErrors()) {
            if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw thrown;
            }
            places.add(error.getIndex());
        }
        if (thrown.getWriteConcernError() != null) {
            throw new MongoWriteConcernException(
                    thrown.getWriteConcernError(), null, thrown.getServerAddress(), thrown.getErrorLabels());
        }
        return places;
    }

    /** Whether trying again is of no use: the store refuses what it is given, or no document can be made of it. */
    public static boolean isForGood(Throwable thrown) {
        return switch (thrown) {
            case MongoBulkWriteException bulk ->
                bulk.getWriteErrors().stream()
                        .anyMatch(error ->
                                error.getCategory() != ErrorCategory.DUPLICATE_KEY && isRefused(error.getCode()));
            case MongoWriteException write -> isRefused(write.getError().getCode());
            case MongoCommandException command -> TOO_LARGE.contains(command.getErrorCode());
            case MongoException _ -> false;
            default -> true;
        };
    }

    private static boolean isRefused(int code) {
        return !NOT_NOW.contains(code);
    }
}
