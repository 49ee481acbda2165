package dev.weft.common.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

    private final EgressGuard guard = new EgressGuard("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "localhost",
                "2130706433",
                "127.1",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:a9fe:a9fe",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "::127.0.0.1",
                "3fff::1",
            })
    void refusesAddressesOfSpecialPurpose(String host) {
        assertThatThrownBy(() -> guard.resolve(host)).isInstanceOf(EgressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "169.253.1.1",
                "192.167.1.1",
                "192.169.1.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1",
            })
    void allowsPublicAddresses(String host) throws UnknownHostException {
        assertThat(guard.resolve(host)).containsExactly(InetAddress.getByName(host));
    }

    @Test
    void allowsWhatTheOperatorLists() throws UnknownHostException {
        var some = new EgressGuard("127.0.0.0/8, 10.1.2.3 fd00::/8");

        assertThat(some.resolve("127.0.0.1")).hasSize(1);
        assertThat(some.resolve("::ffff:127.0.0.1")).hasSize(1);
        assertThat(some.resolve("10.1.2.3")).hasSize(1);
        assertThat(some.resolve("fd00::5")).hasSize(1);
        assertThatThrownBy(() -> some.resolve("10.1.2.4")).isInstanceOf(EgressRefused.class);
        assertThatThrownBy(() -> some.resolve("::1")).isInstanceOf(EgressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "fc00::/129", "10.0.0/8/8"})
    void refusesSettingsThatAreNoNetworks(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EgressGuard(text));
    }
}
