package dev.weft.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway writes is what is read here. */
class AuthenticationRequestTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void theSchemeSaysWhatACallerShowed() {
        assertThat(json.readValue("""
                        {"scheme":"basic","user":"ann@example.com","secret":"s","password_allowed":true,"address":"192.0.2.7"}""", AuthenticationRequest.class))
                .isEqualTo(new AuthenticationRequest.Basic("ann@example.com", "s", true, "192.0.2.7"));
        assertThat(json.readValue("""
                        {"scheme":"bearer","token":"t"}""", AuthenticationRequest.class))
                .isEqualTo(new AuthenticationRequest.Bearer("t", null));
    }
}
