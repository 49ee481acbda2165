package dev.weft.bench.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Stands before a store and passes on what it is asked and answers, message by message; while there is a
 * {@link Fault}, writes meet with it. Reads go through.
 */
public final class StoreProxy implements AutoCloseable {

    /** What happens to a write at a store that is electing. */
    public enum Fault {
        NONE,
        /** It is refused by "not primary". */
        NOT_PRIMARY,
        /** The connection ends before it is done. */
        DROPPED,
        /** It is done; the connection ends before the answer. */
        UNANSWERED,
        /** It is done by one member, and answered with an error of the write concern. */
        UNCONFIRMED
    }

    private static final int HEAD = 16;
    private static final int OP_MSG = 2013;
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify", "findandmodify");

    private final ServerSocket server;
    private final int port;
    private final AtomicInteger struck = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    /** @param port of the store on this machine */
    public StoreProxy(int port) throws IOException {
        this.server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + server.getLocalPort();
    }

    public void begin(Fault what) {
        fault = what;
    }

    public void end() {
        fault = Fault.NONE;
    }

    /** How many writes have met with a fault. */
    public int struck() {
        return struck.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            var store = new Socket();
            store.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            // Messages are small and go one by one: the proxy must not keep one back to send more at once.
            client.setTcpNoDelay(true);
            store.setTcpNoDelay(true);
            var link = new Link(client, store);
            Thread.ofVirtual().start(() -> link.pass(link::ask));
            Thread.ofVirtual().start(() -> link.pass(link::answer));
        } catch (IOException e) {
            end(client);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
            return;
        }
    }

    /** One connection. */
    private final class Link {
        private final Socket client;
        private final Socket store;
        /** Requests whose answers are not passed on as they are, and what befalls them. */
        private final ConcurrentHashMap<Integer, Fault> marked = new ConcurrentHashMap<>();

        Link(Socket client, Socket store) {
            this.client = client;
            this.store = store;
        }

        private interface Pass {
            void on() throws IOException;
        }

        void pass(Pass pass) {
            try {
                pass.on();
            } catch (IOException e) {
                // One side is gone, and so is the other now.
            } finally {
                end(client);
                end(store);
            }
        }

        void ask() throws IOException {
            var in = new DataInputStream(client.getInputStream());
            while (true) {
                var message = read(in);
                var now = fault;
                if (now == Fault.NONE || !isWrite(message)) {
                    write(store.getOutputStream(), message);
                    continue;
                }
                struck.incrementAndGet();
                switch (now) {
                    case NONE -> throw new IllegalStateException();
                    case NOT_PRIMARY -> write(client.getOutputStream(), answerTo(id(message), notPrimary()));
                    case DROPPED -> throw new EOFException();
                    case UNANSWERED, UNCONFIRMED -> {
                        // It is marked before it is passed on: the answer may come at once, on the other thread.
                        marked.put(id(message), now);
                        write(store.getOutputStream(), message);
                    }
                }
            }
        }

        void answer() throws IOException {
            var in = new DataInputStream(store.getInputStream());
            while (true) {
                var message = read(in);
                var asked = answered(message);
                switch (marked.getOrDefault(asked, Fault.NONE)) {
                    case NONE, NOT_PRIMARY, DROPPED -> write(client.getOutputStream(), message);
                    // The end of either direction ends both sockets, which is what the client is to see.
                    case UNANSWERED -> throw new EOFException();
                    case UNCONFIRMED -> {
                        marked.remove(asked);
                        write(client.getOutputStream(), answerTo(asked, unconfirmed(body(message))));
                    }
                }
            }
        }

        private void write(OutputStream to, byte[] message) throws IOException {
            // Both directions write to the client: one passes answers on, the other one refuses in the store's place.
            synchronized (to) {
                to.write(message);
                to.flush();
            }
        }
    }

    // ---- messages: length, request, request that is answered, kind; then flags, a zero, a document

    private static byte[] read(DataInputStream in) throws IOException {
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

    private static int id(byte[] message) {
        return at(message, 4);
    }

    private static int answered(byte[] message) {
        return at(message, 8);
    }

    /** The driver sends the command's document first; what is written may follow in other sections. */
    private static boolean isWrite(byte[] message) {
        return at(message, 12) == OP_MSG
                // A section of kind 0 is the command's document; others hold only what belongs to it.
                && message[HEAD + 4] == 0
                && WRITES.contains(body(message).getFirstKey());
    }

    private static BsonDocument body(byte[] message) {
        return new RawBsonDocument(message, HEAD + 5, at(message, HEAD + 5));
    }

    private static BsonDocument notPrimary() {
        return new BsonDocument("ok", new BsonDouble(0))
                .append("errmsg", new BsonString("not primary"))
                .append("code", new BsonInt32(10107))
                .append("codeName", new BsonString("NotWritablePrimary"));
    }

    private static BsonDocument unconfirmed(BsonDocument answer) {
        var changed = new BsonDocument();
        answer.forEach(changed::append);
        return changed.append(
                "writeConcernError",
                new BsonDocument("code", new BsonInt32(189))
                        .append("codeName", new BsonString("PrimarySteppedDown"))
                        .append("errmsg", new BsonString("primary stepped down while waiting for replication")));
    }

    private static byte[] answerTo(int request, BsonDocument body) {
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

    @Override
    public void close() throws IOException {
        server.close();
    }
}
