package dev.weft.store.reading;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Reads a source some documents ahead. */
final class ReadAhead implements Iterator<Document> {
    private static final int MOST = 50;
    private static final long MOST_BYTES = 64 << 10;

    private final DocumentSource source;
    private final Queue<Document> ahead = new ArrayDeque<>();
    private int most = 1;
    private boolean ended;

    ReadAhead(DocumentSource source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (ahead.isEmpty() && !ended) read();
        return !ahead.isEmpty();
    }

    @Override
    public Document next() {
        if (!hasNext()) throw new NoSuchElementException();
        return ahead.remove();
    }

    /** Few at first, since many want but one. */
    private void read() {
        var bytes = 0L;
        while (ahead.size() < most && bytes < MOST_BYTES && !ended) {
            var document = source.next();
            if (document == null) {
                ended = true;
            } else {
                ahead.add(document);
                bytes += DocumentSize.of(document);
            }
        }
        most = Math.min(MOST, 4 * most);
        if (ended) source.close();
        else source.pause();
    }
}
