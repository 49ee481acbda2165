package dev.weft.bench.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Messages of the store's protocol: their length, the number of the request, that of the request that is answered, and their
 * kind; then flags, a zero and a document.
 */
final class StoreMessage {

    private static final int HEAD = 16;
    private static final int OP_MSG = 2013;
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify", "findandmodify");

    private StoreMessage() {}

    static byte[] read(DataInputStream in) throws IOException {
        var head = in.readNBytes(4);
        if (head.length < 4) {
            throw new EOFException();
        }
        var message =
                new byte[ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        System.arraycopy(head, 0, message, 0, head.length);
        in.readFully(message, head.length, message.length - head.length);
        return message;
    }

    private static int at(byte[] message, int offset) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    static int id(byte[] message) {
        return at(message, 4);
    }

    static int answered(byte[] message) {
        return at(message, 8);
    }

    /** The driver sends the command's document first; what is written may follow in other sections. */
    static boolean isWrite(byte[] message) {
        return at(message, 12) == OP_MSG
                // A section of kind 0 is the command's document; others hold only what belongs to it.
                && message[HEAD + 4] == 0
                && WRITES.contains(body(message).getFirstKey());
    }

    static BsonDocument body(byte[] message) {
        return new RawBsonDocument(message, HEAD + 5, at(message, HEAD + 5));
    }

    static BsonDocument notPrimary() {
        return new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString("not primary"))
                .append("code", new BsonInt32(10107))
                .append("codeName", new BsonString("NotWritablePrimary"));
    }

    static BsonDocument unconfirmed(BsonDocument answer) {
        var changed = new BsonDocument();
        answer.forEach(changed::append);
        return changed.append(
                "writeConcernError",
                new BsonDocument("code", new BsonInt32(189))
                        .append("codeName", new BsonString("PrimarySteppedDown"))
                        .append("errmsg", new BsonString("primary stepped down while waiting for replication")));
    }

    static byte[] answerTo(int request, BsonDocument body) {
        try (var buffer = new BasicOutputBuffer();
                var writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, body, EncoderContext.builder().build());
            writer.flush();
            var bson = buffer.toByteArray();
            return ByteBuffer.allocate(HEAD + 5 + bson.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(HEAD + 5 + bson.length)
                    .putInt(request)
                    .putInt(request)
                    .putInt(OP_MSG)
                    .putInt(0)
                    .put((byte) 0)
                    .put(bson)
                    .array();
        }
    }
}
