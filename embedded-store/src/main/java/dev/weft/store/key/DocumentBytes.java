package dev.weft.store.key;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Documents as BSON. The store keeps bytes and not objects: the library changes documents that it is given, and each
 * reader decodes a copy of its own without a lock.
 */
public final class DocumentBytes {
    private DocumentBytes() {}

    public static byte[] encode(Document document) {
        var buffer = Unpooled.buffer(1024);
        BsonEncoder.encodeDocument(document, buffer);
        return Arrays.copyOf(buffer.array(), buffer.writerIndex());
    }

    public static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}
