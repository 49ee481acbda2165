package dev.weft.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

    private final TrustedProxies proxies = TrustedProxies.of("10.0.0.0/8, fd00::/8");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.9 | 198.51.100.1                    | 203.0.113.9
            10.1.1.1    |                                 | 10.1.1.1
            10.1.1.1    | 198.51.100.1                    | 198.51.100.1
            10.1.1.1    | 192.0.2.6, 198.51.100.1         | 198.51.100.1
            10.1.1.1    | 192.0.2.6, 10.9.9.9             | 192.0.2.6
            10.1.1.1    | 192.0.2.6, 198.51.100.1, 10.2.2.2 | 198.51.100.1
            10.1.1.1    | 10.3.3.3, 10.2.2.2              | 10.3.3.3
            10.1.1.1    | 192.0.2.6, unknown              | 10.1.1.1
            10.1.1.1    | 192.0.2.6, localhost            | 10.1.1.1
            10.1.1.1    | 192.0.2.6,                      | 10.1.1.1
            10.1.1.1    | 198.51.100.1:4711               | 198.51.100.1
            10.1.1.1    | [2001:db8::1]:4711              | 2001:db8:0:0:0:0:0:1
            10.1.1.1    | 2001:db8::1                     | 2001:db8:0:0:0:0:0:1
            fd00:0:0:0:0:0:0:7 | 192.0.2.6, ::ffff:198.51.100.1 | 198.51.100.1
            """)
    void theClientIsTheNearestThatIsNoProxy(String peer, String told, String client) {
        var addresses = told == null ? List.<String>of() : Arrays.asList(told.split(",", -1));

        assertThat(proxies.client(InetAddress.ofLiteral(peer), addresses).getHostAddress())
                .isEqualTo(client);
    }

    @Test
    void withoutASettingNobodyIsTrusted() {
        var nobody = TrustedProxies.of(" ");

        assertThat(nobody.isEmpty()).isTrue();
        assertThat(nobody.client(InetAddress.ofLiteral("127.0.0.1"), List.of("192.0.2.6"))
                        .getHostAddress())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void aNetworkThatIsNoneStopsTheStart() {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.of("10.0.0.0/8, ingress"));
    }

    @Test
    void aStandardHeaderSaysTheSameAndAnOpenQuoteHidesNothing() {
        var told = ForwardedHeaders.ofStandard(
                List.of("for=\"192.0.2.6", " For=\"[2001:db8::1]:4711\";proto=http", "by=10.9.9.9;proto=https"));

        assertThat(told.clients()).containsExactly("192.0.2.6", "[2001:db8::1]:4711", "unknown");
        assertThat(told.scheme()).contains("https");
        assertThat(ForwardedHeaders.ofStandard(List.of()).scheme()).isEmpty();
    }
}
