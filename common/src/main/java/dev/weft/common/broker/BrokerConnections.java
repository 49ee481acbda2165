package dev.weft.common.broker;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Opens connections of the plain Java client, for the hot path and for queues of single processes. They do not recover
 * by themselves: whoever opened one decides what its loss means.
 */
public final class BrokerConnections {

    private static final int RPC_TIMEOUT_MS = 30_000;

    private final ConnectionFactory factory = new ConnectionFactory();
    private final List<Address> addresses = new ArrayList<>();

    /** @param uris one AMQP URI or several with commas; user, virtual host and TLS are taken from the first */
    public BrokerConnections(String uris) {
        try {
            for (var uri : uris.split(",", -1)) {
                factory.setUri(uri.trim());
                addresses.add(new Address(factory.getHost(), factory.getPort()));
            }
            // Each setUri sets the factory to one address, so the last one remains; the first is set again.
            factory.setUri(uris.split(",", -1)[0].trim());
        } catch (URISyntaxException | NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalArgumentException("WEFT_RABBITMQ_URI is not an AMQP URI.", e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(5000);
        factory.setRequestedHeartbeat(10);
        // A sick broker may be connected and answer nothing; the client's own limit of ten minutes would block
        // everything.
        factory.setChannelRpcTimeout(RPC_TIMEOUT_MS);
        factory.setThreadFactory(Thread.ofPlatform().name("amqp-", 0).daemon().factory());
    }

    public Connection open(String name) throws IOException, TimeoutException {
        return factory.newConnection(addresses, name);
    }
}
