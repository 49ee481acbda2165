package dev.weft.store.collection;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents that are few, and known. */
final class ListedDocuments implements DocumentSource {
    private final Iterator<Document> rest;

    ListedDocuments(List<Document> documents) {
        rest = documents.iterator();
    }

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
}
