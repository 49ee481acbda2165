package dev.weft.gateway.connection;

import dev.weft.gateway.limit.ClientShare;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own table of its connections, extended by the number of connections of each client address. Tomcat adds each
 * connection once, and removes it when it closes, however that happens.
 */
final class AddressCounts extends ConcurrentHashMap<SocketChannel, SocketWrapperBase<NioChannel>> {

    private static final long serialVersionUID = 1L;

    /** A closed channel does not say its address any more. */
    private final transient ConcurrentHashMap<SocketChannel, InetAddress> addresses = new ConcurrentHashMap<>();

    private final transient ConcurrentHashMap<InetAddress, Integer> counts = new ConcurrentHashMap<>();

    /** Connections of the address that this one comes from. */
    int countOf(SocketChannel socket) {
        var share = shareOf(socket);
        return share == null ? 0 : counts.getOrDefault(share, 0);
    }

    int addresses() {
        return counts.size();
    }

    @Override
    public @Nullable SocketWrapperBase<NioChannel> put(SocketChannel socket, SocketWrapperBase<NioChannel> wrapper) {
        var share = shareOf(socket);
        if (share != null && addresses.put(socket, share) == null) {
            counts.merge(share, 1, Integer::sum);
        }
        return super.put(socket, wrapper);
    }

    @Override
    public @Nullable SocketWrapperBase<NioChannel> remove(Object socket) {
        var address = addresses.remove(socket);
        if (address != null) {
            // An address without connections keeps no entry: strangers may use any number of addresses.
            counts.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
        return super.remove(socket);
    }

    private static @Nullable InetAddress shareOf(SocketChannel socket) {
        var address = addressOf(socket);
        return address == null ? null : ClientShare.of(address);
    }

    static @Nullable InetAddress addressOf(SocketChannel socket) {
        try {
            return socket.getRemoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
        } catch (IOException e) {
            // The socket was closed meanwhile.
            return null;
        }
    }
}
