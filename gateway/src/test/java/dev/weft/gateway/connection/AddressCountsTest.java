package dev.weft.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.Test;

class AddressCountsTest {

    @Test
    void countsWhatIsOpenAlsoWhenTheChannelIsClosedFirst() throws IOException {
        var counts = new AddressCounts();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var server = ServerSocketChannel.open().bind(address);
                var one = SocketChannel.open(server.getLocalAddress());
                var other = SocketChannel.open(server.getLocalAddress())) {
            counts.put(one, wrapper());
            counts.put(other, wrapper());
            assertThat(counts.countOf(other)).isEqualTo(2);

            one.close();
            counts.remove(one);
            counts.remove(one);
            assertThat(counts.countOf(other)).isEqualTo(1);

            counts.remove(other);
            assertThat(counts.countOf(other)).isZero();
            assertThat(counts.addresses()).isZero();
            assertThat(counts).isEmpty();
        }
    }

    private static NioEndpoint.NioSocketWrapper wrapper() {
        return new NioEndpoint.NioSocketWrapper(
                new NioChannel(new SocketBufferHandler(1, 1, false)), new NioEndpoint());
    }
}
