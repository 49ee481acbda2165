package dev.weft.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.identity.IdentityServer;
import dev.weft.store.EmbeddedStore;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenIT {

    private static EmbeddedStore store;
    private static IdentityServer first;
    private static IdentityServer second;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        first = new IdentityServer(store, Map.of());
        second = new IdentityServer(store, Map.of());
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        store.close();
    }

    @Test
    void replicasSignWithOneKey() throws Exception {
        var keys = JWKSet.parse(first.call("GET", "/internal/jwks", null).json().toString());

        var token = SignedJWT.parse(second.serviceBearer("flow-service").substring("Bearer ".length()));

        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(token.getJWTClaimsSet().getClaim("kind")).isEqualTo("service");
    }

    @Test
    void aTokenOfOneReplicaIsTakenByTheOther() {
        var answer = second.call("GET", "/internal/nothing", null, "Authorization", first.serviceBearer("gateway"));

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void nothingElseIsLetIn() {
        assertThat(first.call("GET", "/internal/nothing", null).status()).isEqualTo(401);
        assertThat(first.call("GET", "/internal/nothing", null, "Authorization", "Basic YTpi")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aServiceTokenNeedsTheSecret() {
        assertThat(first.call("POST", "/internal/service-tokens?service=gateway", null)
                        .status())
                .isEqualTo(401);
        assertThat(first.call("POST", "/internal/service-tokens?service=gateway", null, ServiceDoor.HEADER, "guess")
                        .status())
                .isEqualTo(401);
    }
}
