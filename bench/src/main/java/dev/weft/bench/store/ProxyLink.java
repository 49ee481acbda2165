package dev.weft.bench.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One connection through a {@link StoreProxy}, in both directions. */
final class ProxyLink {

    private final Socket client;
    private final Socket store;
    private final Function<byte[], WriteFault> strike;
    /** Requests whose answers are not passed on as they are, and what befalls them. */
    private final ConcurrentHashMap<Integer, WriteFault> marked = new ConcurrentHashMap<>();

    /** @param strike tells what a message of the client meets with */
    ProxyLink(Socket client, Socket store, Function<byte[], WriteFault> strike) {
        this.strike = strike;
        this.client = client;
        this.store = store;
    }

    /** What one direction does until it ends. */
    interface Pass {
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
            var message = StoreMessage.read(in);
            var now = strike.apply(message);
            switch (now) {
                case NONE -> write(store.getOutputStream(), message);
                case NOT_PRIMARY ->
                    write(
                            client.getOutputStream(),
                            StoreMessage.answerTo(StoreMessage.id(message), StoreMessage.notPrimary()));
                case DROPPED -> throw new EOFException();
                case UNANSWERED, UNCONFIRMED -> {
                    // It is marked before it is passed on: the answer may come at once, on the other thread.
                    marked.put(StoreMessage.id(message), now);
                    write(store.getOutputStream(), message);
                }
            }
        }
    }

    void answer() throws IOException {
        var in = new DataInputStream(store.getInputStream());
        while (true) {
            var message = StoreMessage.read(in);
            var asked = StoreMessage.answered(message);
            switch (marked.getOrDefault(asked, WriteFault.NONE)) {
                case NONE, NOT_PRIMARY, DROPPED -> write(client.getOutputStream(), message);
                // The end of either direction ends both sockets, which is what the client is to see.
                case UNANSWERED -> throw new EOFException();
                case UNCONFIRMED -> {
                    marked.remove(asked);
                    write(
                            client.getOutputStream(),
                            StoreMessage.answerTo(asked, StoreMessage.unconfirmed(StoreMessage.body(message))));
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

    static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
            return;
        }
    }
}
