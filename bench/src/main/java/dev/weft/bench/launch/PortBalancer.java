package dev.weft.bench.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address for two replicas, as a cluster's service gives it: each connection goes to the next that takes it, and ends
 * when either side ends it.
 */
final class PortBalancer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();

    PortBalancer(List<Integer> ports) throws IOException {
        this.server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        this.ports = ports;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var caller = server.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        var first = turn.getAndIncrement();
        for (var i = 0; i < ports.size(); i++) {
            var replica = new Socket();
            try {
                replica.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get((first + i) % ports.size())));
            } catch (IOException e) {
                // Dead: the next one.
                continue;
            }
            Thread.ofVirtual().start(() -> pipe(caller, replica));
            Thread.ofVirtual().start(() -> pipe(replica, caller));
            return;
        }
        end(caller);
    }

    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side is gone, and so is the other now.
        } finally {
            end(from);
            end(to);
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

    @Override
    public void close() throws IOException {
        server.close();
    }
}
