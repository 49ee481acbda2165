package dev.weft.store.collection;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a document a filter looks at. */
final class QueryFields {
    private final Set<String> fields = new HashSet<>();

    private QueryFields() {}

    /** Empty where it may look at any. */
    static Optional<Set<String>> of(Document query) {
        var found = new QueryFields();
        return found.add(query) ? Optional.of(found.fields) : Optional.empty();
    }

    static String root(String path) {
        var dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private boolean add(Document query) {
        for (var condition : query.entrySet()) {
            switch (condition.getKey()) {
                case "$and", "$or", "$nor" -> {
                    if (!addAll(condition.getValue())) return false;
                }
                case "$comment" -> {}
                default -> {
                    if (condition.getKey().startsWith("$")) return false;
                    fields.add(root(condition.getKey()));
                }
            }
        }
        return true;
    }

    private boolean addAll(@Nullable Object branches) {
        if (!(branches instanceof Collection<?> queries)) return false;
        for (var each : queries) if (!(each instanceof Document query) || !add(query)) return false;
        return true;
    }
}
