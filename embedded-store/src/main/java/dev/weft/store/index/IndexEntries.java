package dev.weft.store.index;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CannotIndexParallelArraysError;
import dev.weft.store.key.KeyWriter;
import dev.weft.store.key.StoreKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a document in an index: one, or one for each element where a field is an array. An empty array has a key
 * of its own, so that a query on the fields before it finds the document.
 *
 * @param fromArray whether a field was an array; such a (multikey) index gives no order, and its lower and upper bounds
 *                  cannot be combined
 */
record IndexEntries(Set<StoreKey> keys, boolean fromArray) {
    static final IndexEntries NONE = new IndexEntries(Set.of(), false);

    static IndexEntries of(List<IndexKey> fields, boolean sparse, Document document) {
        var values = new ArrayList<@Nullable Object>(fields.size());
        List<String> arrays = new ArrayList<>(0);
        var present = false;
        for (var field : fields) {
            var value = value(document, field.getKey());
            present |= !(value instanceof Missing);
            if (value instanceof Collection<?>) arrays.add(field.getKey());
            values.add(value);
        }
        // As in MongoDB, a document with only one of the fields is in a sparse index.
        if (sparse && !present) return NONE;
        if (arrays.isEmpty()) {
            var writer = new KeyWriter();
            for (var i = 0; i < values.size(); i++) {
                writer.value(values.get(i), fields.get(i).isAscending());
            }
            return new IndexEntries(Set.of(writer.toKey()), false);
        }
        if (arrays.stream().map(IndexEntries::root).distinct().count() > 1) {
            throw new CannotIndexParallelArraysError(arrays);
        }
        return new IndexEntries(combinations(fields, values), true);
    }

    static Object value(Document document, String path) {
        return path.indexOf('.') < 0
                ? document.getOrMissing(path)
                : Utils.getSubdocumentValueCollectionAware(document, path);
    }

    static String root(String path) {
        var dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static Set<StoreKey> combinations(List<IndexKey> fields, List<@Nullable Object> values) {
        List<StoreKey> keys = List.of(new KeyWriter().toKey());
        for (var i = 0; i < values.size(); i++) {
            Collection<?> elements = values.get(i) instanceof Collection<?> array && !array.isEmpty()
                    ? array
                    : java.util.Collections.singletonList(values.get(i));
            List<StoreKey> longer = new ArrayList<>(keys.size() * elements.size());
            for (var key : keys) {
                for (var element : elements) {
                    longer.add(new KeyWriter()
                            .append(key)
                            .value(element, fields.get(i).isAscending())
                            .toKey());
                }
            }
            keys = longer;
        }
        return new LinkedHashSet<>(keys);
    }
}
