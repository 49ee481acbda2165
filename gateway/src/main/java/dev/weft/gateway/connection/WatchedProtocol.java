package dev.weft.gateway.connection;

import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP that watches its connections: an address may have a limited number of them, and a request head that takes too
 * long is cut. The server by itself only asks for a byte now and then, so that six thousand half-sent heads could stay
 * for ever.
 */
public final class WatchedProtocol extends Http11NioProtocol {

    private final Endpoint endpoint;

    /** Made by the server, by this class's name. */
    public WatchedProtocol() {
        this(new Endpoint());
    }

    private WatchedProtocol(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /**
     * @param most    connections of one address; 0: no limit
     * @param proxies to which it does not apply, since their connections are many clients'
     */
    void bound(int most, TrustedProxies proxies) {
        endpoint.most = most;
        endpoint.proxies = proxies;
    }

    /** Cuts the connections whose head has been coming for longer. */
    void cutHeadsOlderThan(Duration age) {
        endpoint.cutHeadsOlderThan(age);
    }

    private static final class Endpoint extends NioEndpoint {

        private final AddressCounts addresses = new AddressCounts();
        private volatile int most;
        private volatile TrustedProxies proxies = TrustedProxies.of("");

        Endpoint() {
            // Tomcat keeps its connections in this field, and counts them over all addresses only.
            connections = addresses;
        }

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (isOneTooMany(socket)) {
                // True means that it was handled; after false the acceptor would close the socket once more.
                destroySocket(socket);
                return true;
            }
            return super.setSocketOptions(socket);
        }

        private boolean isOneTooMany(SocketChannel socket) {
            return most > 0 && addresses.countOf(socket) >= most && !proxies.contains(AddressCounts.addressOf(socket));
        }

        private void cutHeadsOlderThan(Duration age) {
            var now = System.nanoTime();
            for (var connection : getConnections()) {
                if (isHeadOlderThan(age, now, connection)) {
                    connection.setError(new SocketTimeoutException("The head of the request takes too long."));
                    processSocket(connection, SocketEvent.ERROR, true);
                }
            }
        }

        /** What has a processor and no thread, and does not wait for an answer, waits for the rest of a head. */
        private static boolean isHeadOlderThan(Duration age, long now, SocketWrapperBase<NioChannel> connection) {
            return connection.getCurrentProcessor() instanceof Processor processor
                    && !processor.isUpgrade()
                    && !processor.isAsync()
                    && processor.getRequest() != null
                    // An idle keep-alive connection has no start time yet.
                    && processor.getRequest().getStartTimeNanos() != -1
                    && now - processor.getRequest().getStartTimeNanos() > age.toNanos();
        }
    }
}
