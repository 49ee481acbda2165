package dev.weft.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientShareTest {

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, 198.51.100.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::1, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0",
        "::ffff:198.51.100.7, 198.51.100.7"
    })
    void addressesOfOneNetworkAreOneClient(String address, String share) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);

        assertThat(ClientShare.of(request)).isEqualTo(share);
    }
}
