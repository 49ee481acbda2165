package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.DocumentPart;
import dev.weft.store.query.IndexScan;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a query finds, in the wanted order. If the index gives that order, or none is wanted, each
 * document is read when it is asked for; otherwise all are read first, sorted, and those within the limit kept. When a
 * range is already in the wanted order (or in that of its first fields), reading stops at the limit.
 */
final class FoundDocuments implements DocumentSource {
    private final PlanWalk walk;
    private final IndexScan scan;
    private final @Nullable Document order;
    private final int wanted;
    private final QueryMemory.Share memory;
    private @Nullable Set<String> needed;
    private int toSkip;
    private int taken;
    private SortBuffer<byte[]>.@Nullable Sorted sorted;

    /**
     * @param order  null where that of the index will do
     * @param wanted how many at most, those to skip included
     */
    FoundDocuments(
            PlanWalk walk, IndexScan scan, @Nullable Document order, int skip, int wanted, QueryMemory.Share memory) {
        this.walk = walk;
        this.scan = scan;
        this.order = order == null || order.isEmpty() || scan.isSorted() ? null : order;
        this.wanted = wanted;
        this.memory = memory;
        toSkip = skip;
    }

    /** Of the fields of a document no others are looked at: so no others have to wait for their turn in a sort. */
    FoundDocuments needing(Set<String> fields) {
        needed = fields;
        return this;
    }

    @Override
    public @Nullable Document next() {
        while (true) {
            var document = order == null ? nextOfWalk() : nextOfSorted(order);
            if (document == null || toSkip == 0) return document;
            toSkip--;
        }
    }

    private @Nullable Document nextOfWalk() {
        if (taken >= wanted || !walk.next()) return null;
        taken++;
        return walk.document();
    }

    private @Nullable Document nextOfSorted(Document wantedOrder) {
        if (sorted == null) {
            sorted = sort(wantedOrder);
            walk.letGo();
        }
        var stored = sorted.next();
        return stored == null ? null : DocumentBytes.decode(stored);
    }

    private SortBuffer<byte[]>.Sorted sort(Document wantedOrder) {
        var buffer = new SortBuffer<byte[]>(wantedOrder, wanted, memory);
        var orderOfIndex = scan.sortedFields() == 0 ? null : firstFields(wantedOrder, scan.sortedFields());
        var fields = wantedOrder.keySet().stream().map(QueryFields::root).collect(Collectors.toSet());
        var range = -1;
        var inRange = 0;
        var last = new Document();
        while (walk.next()) {
            if (walk.range() != range) {
                range = walk.range();
                inRange = 0;
            }
            var document = DocumentPart.decode(walk.stored(), fields);
            // A document with the same values in the fields of the index may still come before the last one by the
            // other fields.
            if (orderOfIndex != null && inRange >= wanted && orderOfIndex.compare(last, document) != 0) {
                walk.leaveRange();
                continue;
            }
            var kept = needed == null ? walk.stored() : DocumentPart.cut(walk.stored(), needed);
            buffer.add(document, kept, kept.length);
            last = document;
            if (++inRange >= wanted && scan.isSortedByRange()) walk.leaveRange();
        }
        return buffer.sorted();
    }

    private static Comparator<Document> firstFields(Document order, int count) {
        var fields = new Document();
        order.entrySet().stream().limit(count).forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new DocumentComparator(fields);
    }

    @Override
    public void pause() {
        walk.pause();
    }

    @Override
    public boolean isKeeping() {
        return !memory.isEmpty();
    }

    @Override
    public void close() {
        sorted = null;
        walk.close();
    }

    long entriesRead() {
        return walk.entriesRead();
    }

    long documentsRead() {
        return walk.documentsRead();
    }
}
