package dev.weft.store.collection;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/**
 * What a query found, in order, and what it cost: entries of the index and documents that were read.
 *
 * @param bytes size of the documents as stored
 */
record FoundDocuments(List<Document> documents, long bytes, long entriesRead, long documentsRead) {}
