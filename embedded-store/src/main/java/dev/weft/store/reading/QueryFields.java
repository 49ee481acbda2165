package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the fields of a document that a filter reads, or a projection keeps. */
final class QueryFields {
    private final Set<String> fields = new HashSet<>();

    private QueryFields() {}

    /** Empty where it may look at any. */
    static Optional<Set<String>> of(Document query) {
        var found = new QueryFields();
        return found.add(query) ? Optional.of(found.fields) : Optional.empty();
    }

    /** Those that a projection keeps; empty where it says which to leave out, or computes some. */
    static Optional<Set<String>> ofProjection(Document selector) {
        if (!selector.entrySet().stream().allMatch(field -> isIncluded(selector, field))) return Optional.empty();
        var roots = new HashSet<>(Set.of("_id"));
        for (var path : selector.keySet()) roots.add(root(path));
        return Optional.of(roots);
    }

    /** {@code _id} may be left out beside fields that are kept. */
    private static boolean isIncluded(Document selector, Map.Entry<String, Object> field) {
        if (field.getKey().equals("_id")) return selector.size() > 1 || Utils.isTrue(field.getValue());
        return !(field.getValue() instanceof Document) && Utils.isTrue(field.getValue());
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
                    // $expr and $where may read any field.
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
