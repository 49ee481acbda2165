package dev.weft.gateway.webhook.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.flowmessage.DoorLock;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.ProblemException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DoorKeeperTest {

    private static final String SECRET = "top-secret";

    /** The message of a GET is its query, that of a POST its body: the signature has to be of that. */
    @ParameterizedTest
    @CsvSource({
        "GET, a=1, '', a=1, true",
        "GET, a=1, '', '', false",
        "GET, '', '', '', true",
        "GET, amount=1000000, signed, signed, false",
        "GET, amount=1000000, other, amount=1000000, true",
        "GET, '', signed, signed, false",
        "POST, amount=1000000, signed, signed, true",
        "POST, amount=1000000, other, amount=1000000, false",
        "POST, a=1, '', a=1, true",
        "POST, a=1, '', '', false"
    })
    void whatBecomesTheMessageIsWhatWasSigned(String method, String query, String body, String signed, boolean isLetIn)
            throws Exception {
        var request = new MockHttpServletRequest(method, "/hook/f");
        request.setQueryString(query.isEmpty() ? null : query);
        request.addHeader(DoorLock.Hmac.USUAL, signature(signed));

        assertThat(isLetIn(request, body)).isEqualTo(isLetIn);
    }

    private static boolean isLetIn(MockHttpServletRequest request, String body) {
        try {
            DoorKeeper.requireSigned(door(), request, body.getBytes(UTF_8), new MockHttpServletResponse());
            return true;
        } catch (ProblemException refusal) {
            assertThat(refusal.first().code().status()).isEqualTo(401);
            return false;
        }
    }

    private static HookDoor door() {
        var lock = new DoorLock.Hmac(SECRET, null);
        return new HookDoor(
                "f", "w", null, null, "r", "q", "s", false, null, false, lock, true, null, null, null, null);
    }

    private static String signature(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }
}
