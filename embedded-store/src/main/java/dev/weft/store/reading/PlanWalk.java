package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.index.IndexWalk;
import dev.weft.store.index.KeyRange;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.DocumentPart;
import dev.weft.store.key.StoreKey;
import dev.weft.store.query.IndexScan;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The matching documents of a plan, one at a time and in the order of the index. As in MongoDB, a long walk does not
 * show a single moment: now and then it gives up its place, and goes on after the last key with the documents that are
 * there by then. So a slow reader keeps no old pages of the file.
 */
public final class PlanWalk implements AutoCloseable {
    private static final int STRIDE = 1_000;
    private static final int MOST_SEEN = 10_000;
    private static final int SEEN_BYTES = 100;
    private static final byte[] NOTHING = {};

    private final IndexScan scan;
    private final boolean reverse;
    private final Function<StoreKey, byte @Nullable []> documents;
    private final Document query;
    private final @Nullable Set<String> fields;
    private final QueryMatcher matcher;
    private final QueryMemory.Share memory;
    private Set<StoreKey> seen = new HashSet<>();
    private boolean steady;
    private int range = -1;
    private @Nullable KeyRange rest;
    private @Nullable IndexWalk<?> walk;
    private @Nullable StoreKey last;
    private int stride;
    private StoreKey position = KeyRange.ALL.from();
    private byte[] stored = NOTHING;
    private @Nullable Document document;
    private long entriesRead;
    private long documentsRead;

    /** @param documents what lies where an entry points to, if it still does */
    PlanWalk(
            IndexScan scan,
            boolean reverse,
            Function<StoreKey, byte @Nullable []> documents,
            Document query,
            QueryMatcher matcher,
            QueryMemory.Share memory) {
        this.scan = scan;
        this.reverse = reverse;
        this.documents = documents;
        this.query = query;
        this.matcher = matcher;
        fields = QueryFields.of(query).orElse(null);
        this.memory = memory;
    }

    /** Stays with one moment until it is closed: whoever changes what it finds must not meet it again further on. */
    public PlanWalk steady() {
        steady = true;
        return this;
    }

    /** Goes to the next document; false where there is none. */
    public boolean next() {
        while (nextEntry()) {
            if (!isNew(position)) continue;
            var bytes = walk == null ? null : walk.document();
            if (bytes == null) bytes = documents.apply(position);
            // The index is read as of one moment and the document later, so the document may be gone.
            if (bytes == null) continue;
            documentsRead++;
            if (admits(bytes)) return true;
        }
        return false;
    }

    private boolean admits(byte[] bytes) {
        stored = bytes;
        document = null;
        if (query.isEmpty()) return true;
        if (fields != null) return matcher.matches(DocumentPart.decode(bytes, fields), query);
        return matcher.matches(document(), query);
    }

    private boolean nextEntry() {
        if (!steady && ++stride >= STRIDE) pause();
        while (true) {
            if (walk == null) {
                if (rest == null) {
                    if (range + 1 >= scan.ranges().size()) return false;
                    rest = scan.ranges().get(++range);
                    last = null;
                }
                walk = scan.index().walk(rest, reverse);
            }
            if (walk.next()) {
                entriesRead++;
                last = walk.key();
                position = walk.position();
                return true;
            }
            leaveRange();
        }
    }

    /** An index has both values of a document for a moment while it changes, and all of them where it holds an array. */
    private boolean isNew(StoreKey found) {
        var multikey = scan.index().isMultikey();
        if (scan.index().isUnique() && !multikey) return true;
        if (!multikey && seen.size() >= MOST_SEEN) seen.clear();
        if (!seen.add(found)) return false;
        if (multikey) memory.take(SEEN_BYTES + (long) found.length());
        return true;
    }

    void leaveRange() {
        letGo();
        rest = null;
    }

    /** Lets go of its place, and of what it has read there, and goes on behind it when it is asked again. */
    public void pause() {
        stride = 0;
        stored = NOTHING;
        document = null;
        if (walk == null) return;
        letGo();
        if (rest != null && last != null) rest = rest.behind(last, reverse);
        // At a later moment a document may have moved and be met twice anyway, so the ids seen so far are useless.
        if (!scan.index().isMultikey()) seen = new HashSet<>();
    }

    /** Lets the file forget the moment of the walk. */
    void letGo() {
        if (walk != null) walk.close();
        walk = null;
    }

    /** Also gives back the memory of its query. */
    @Override
    public void close() {
        letGo();
        memory.close();
    }

    /** Which of the plan's ranges the present document is from. */
    int range() {
        return range;
    }

    public StoreKey position() {
        return position;
    }

    public byte[] stored() {
        return stored;
    }

    /** Decoded when it is asked for, since who counts does not ask. */
    public Document document() {
        if (document == null) document = DocumentBytes.decode(stored);
        return document;
    }

    long entriesRead() {
        return entriesRead;
    }

    long documentsRead() {
        return documentsRead;
    }
}
