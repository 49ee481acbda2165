package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first documents of an order, with the fields that they are ordered by. A document that can no longer be
 * among the wanted ones is dropped at once, so sorting for a page takes the memory of a page.
 *
 * @param <T> the form in which a document is kept
 */
final class SortBuffer<T> {
    private static final int ENTRY_BYTES = 200;

    private final Document order;
    private final Comparator<Entry<T>> comparator;
    private final PriorityQueue<Entry<T>> lastFirst;
    private final int wanted;
    private final QueryMemory.Share memory;
    private long arrived;

    private record Entry<T>(Document fields, long arrival, T kept, long bytes) {}

    SortBuffer(Document order, int wanted, QueryMemory.Share memory) {
        this.order = order;
        this.wanted = wanted;
        this.memory = memory;
        // Equal documents stay in the order of their arrival, so that a page repeats nothing of the one before.
        comparator = Comparator.<Entry<T>, Document>comparing(Entry::fields, new DocumentComparator(order))
                .thenComparing(Entry::arrival);
        lastFirst = new PriorityQueue<>(comparator.reversed());
    }

    /** @param size of {@code kept}, in bytes */
    void add(Document document, T kept, long size) {
        var fields = fields(document);
        var entry = new Entry<>(fields, arrived++, kept, ENTRY_BYTES + size + 2 * DocumentSize.of(fields));
        if (lastFirst.size() >= wanted) {
            var last = lastFirst.peek();
            if (last == null || comparator.compare(entry, last) >= 0) return;
            lastFirst.remove();
            memory.give(last.bytes());
        }
        memory.take(entry.bytes());
        lastFirst.add(entry);
    }

    /** The parts of the document that the order looks at, so that the rest need not be kept decoded. */
    private Document fields(Document document) {
        var fields = new Document();
        for (var path : order.keySet()) {
            var root = QueryFields.root(path);
            if (document.containsKey(root)) fields.put(root, document.get(root));
        }
        return fields;
    }

    /** What was kept, in order. */
    Sorted sorted() {
        var entries = new ArrayList<>(lastFirst);
        lastFirst.clear();
        entries.sort(comparator);
        return new Sorted(new ArrayDeque<>(entries));
    }

    /** The sorted result, taken one document after the other; a taken one no longer counts in the query's memory. */
    final class Sorted {
        private final Queue<Entry<T>> rest;

        private Sorted(Queue<Entry<T>> rest) {
            this.rest = rest;
        }

        @Nullable
        T next() {
            var next = rest.poll();
            if (next == null) return null;
            memory.give(next.bytes());
            return next.kept();
        }
    }
}
