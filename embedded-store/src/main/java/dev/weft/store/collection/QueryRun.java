package dev.weft.store.collection;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.index.KeyRange;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import dev.weft.store.query.IndexScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan. It stops as soon as the wanted number is found in order; where the index gives only the first
 * fields of the order, as soon as the next document differs in those from the last one wanted.
 */
final class QueryRun {
    private static final int MOST_KEPT = 1_000;

    private final IndexScan scan;
    private final Function<StoreKey, byte @Nullable []> documents;
    private final Predicate<Document> matcher;
    private final @Nullable Comparator<Document> order;
    private final @Nullable Comparator<Document> orderOfIndex;
    private final int wanted;
    private final List<Document> found = new ArrayList<>();
    private final Set<StoreKey> seen = new HashSet<>();
    private long bytes;
    private long entriesRead;
    private long documentsRead;

    /** @param wanted how many documents at most, those to skip included */
    QueryRun(
            IndexScan scan,
            Function<StoreKey, byte @Nullable []> documents,
            Predicate<Document> matcher,
            @Nullable Document order,
            int wanted) {
        this.scan = scan;
        this.documents = documents;
        this.matcher = matcher;
        this.order = order == null || order.isEmpty() ? null : new DocumentComparator(order);
        this.wanted = wanted;
        orderOfIndex = order == null || scan.sortedFields() == 0 ? null : firstFields(order, scan.sortedFields());
    }

    private static Comparator<Document> firstFields(Document order, int count) {
        var fields = new Document();
        order.entrySet().stream().limit(count).forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new DocumentComparator(fields);
    }

    FoundDocuments find(boolean reverse) {
        for (var range : scan.ranges()) {
            if (order == null && found.size() >= wanted) break;
            scanRange(range, reverse);
        }
        var documents = found;
        if (order != null && !scan.isSorted()) documents.sort(order);
        if (documents.size() > wanted) documents = documents.subList(0, wanted);
        return new FoundDocuments(documents, bytes, entriesRead, documentsRead);
    }

    private void scanRange(KeyRange range, boolean reverse) {
        var before = order == null ? 0 : found.size();
        scan.index().scan(range, reverse, (position, bytes) -> {
            entriesRead++;
            var inRange = found.size() - before;
            if (inRange >= wanted && (order == null || scan.isSortedByRange())) return false;
            if ((scan.index().isUnique() && !scan.index().isMultikey()) || seen.add(position)) {
                return visit(bytes == null ? documents.apply(position) : bytes, inRange);
            }
            return true;
        });
    }

    private boolean isUnordered() {
        return order != null && scan.sortedFields() == 0;
    }

    /** Drops what a sort with a limit will not need, so that memory is bounded by the limit. */
    private void keepFirst() {
        found.sort(order);
        found.subList(wanted, found.size()).clear();
    }

    private boolean visit(byte @Nullable [] stored, int inRange) {
        if (stored == null) return true;
        documentsRead++;
        var document = DocumentBytes.decode(stored);
        if (!matcher.test(document)) return true;
        if (orderOfIndex != null && inRange >= wanted && orderOfIndex.compare(found.getLast(), document) != 0) {
            return false;
        }
        found.add(document);
        bytes += stored.length;
        if (isUnordered() && found.size() >= MOST_KEPT && found.size() / 4 >= wanted) keepFirst();
        return inRange + 1 < wanted || !(order == null || scan.isSortedByRange());
    }
}
