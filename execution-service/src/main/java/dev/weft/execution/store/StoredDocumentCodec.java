package dev.weft.execution.store;

import com.mongodb.client.MongoCollection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A codec for documents that are written often. The driver's own codec looks up a codec for each value; this one knows
 * the usual classes and looks up only others.
 */
public final class StoredDocumentCodec implements Codec<Document> {

    private final CodecRegistry others;
    private final DocumentCodec reading;

    private StoredDocumentCodec(CodecRegistry others) {
        this.others = others;
        this.reading = new DocumentCodec(others);
    }

    /** The collection, written so. Documents have their {@code _id}, and have it first. */
    public static MongoCollection<Document> writing(MongoCollection<Document> collection) {
        var others = collection.getCodecRegistry();
        return collection.withCodecRegistry(
                CodecRegistries.fromRegistries(CodecRegistries.fromCodecs(new StoredDocumentCodec(others)), others));
    }

    @Override
    public void encode(BsonWriter writer, Document document, EncoderContext context) {
        writer.writeStartDocument();
        for (var field : document.entrySet()) {
            writer.writeName(field.getKey());
            write(writer, field.getValue(), context);
        }
        writer.writeEndDocument();
    }

    private void write(BsonWriter writer, @Nullable Object value, EncoderContext context) {
        switch (value) {
            case null -> writer.writeNull();
            case String text -> writer.writeString(text);
            case Integer number -> writer.writeInt32(number);
            case Long number -> writer.writeInt64(number);
            case Boolean flag -> writer.writeBoolean(flag);
            case Date date -> writer.writeDateTime(date.getTime());
            case Binary bytes -> writer.writeBinaryData(new BsonBinary(bytes.getType(), bytes.getData()));
            case Document document -> encode(writer, document, context);
            case List<?> list -> {
                writer.writeStartArray();
                list.forEach(element -> write(writer, element, context));
                writer.writeEndArray();
            }
            default -> writeOther(writer, value, context);
        }
    }

    @SuppressWarnings("unchecked") // the codec of its own class
    private void writeOther(BsonWriter writer, Object value, EncoderContext context) {
        var codec = value instanceof Map<?, ?> ? others.get(Map.class) : others.get(value.getClass());
        ((Codec<Object>) codec).encode(writer, value, context);
    }

    @Override
    public Document decode(BsonReader reader, DecoderContext context) {
        return reading.decode(reader, context);
    }

    @Override
    public Class<Document> getEncoderClass() {
        return Document.class;
    }
}
