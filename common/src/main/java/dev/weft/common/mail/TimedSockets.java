package dev.weft.common.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * Closes the connection to the mail server when a sending takes too long. The library limits each single wait only; a
 * server that sends a byte in time each time could keep a sending for ever.
 */
final class TimedSockets extends SocketFactory {

    private static final ScopedValue<List<Socket>> OPENED = ScopedValue.newInstance();

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("mail-time-limits").unstarted(work));

    TimedSockets() {
        // Otherwise cancelled timers of finished sendings would stay in memory until their limit.
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Connections that it opens are closed when it has not ended in time. */
    void within(Duration limit, Runnable sending) {
        var opened = new CopyOnWriteArrayList<Socket>();
        var end = watch.schedule(() -> opened.forEach(TimedSockets::close), limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ScopedValue.where(OPENED, opened).run(sending);
        } finally {
            end.cancel(false);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // The socket is closed nevertheless.
        }
    }

    @Override
    public Socket createSocket() {
        var socket = new Socket();
        OPENED.get().add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("Connected by the library, within its limit.");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket(address, port);
    }
}
