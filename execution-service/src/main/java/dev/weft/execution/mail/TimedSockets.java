package dev.weft.execution.mail;

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
 * Connections to the mail server that are closed when a sending has taken too long. The library limits each of its
 * waits; a server that says something in time each time could hold a sending for ever.
 */
final class TimedSockets extends SocketFactory {

    private static final ScopedValue<List<Socket>> OPENED = ScopedValue.newInstance();

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("mail-time-limits").unstarted(work));

    TimedSockets() {
        // Else the end of each sending, long cancelled, would lie here until its limit.
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
            // It is closed all the same.
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
