package dev.weft.store.reading;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents that are read only when they are asked for. */
interface DocumentSource extends AutoCloseable {

    /** Documents that are few, and known. */
    static DocumentSource listed(List<Document> documents) {
        var rest = documents.iterator();
        return new DocumentSource() {
            @Override
            public @Nullable Document next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void pause() {}

            @Override
            public boolean isKeeping() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    /** Null at the end. */
    @Nullable
    Document next();

    /** Called when the next one may be asked for much later, or never. */
    void pause();

    /** Whether it keeps memory that others may need. */
    boolean isKeeping();

    @Override
    void close();

    /** Pauses before it hands out what it has read ahead, so that nothing stays behind when nobody asks again. */
    default Iterator<Document> iterator() {
        return new ReadAhead(this);
    }
}
