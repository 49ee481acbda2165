package dev.weft.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;

/** The installation's key for internal tokens (ES256), as a JWK: the private part signs, the public part is shown. */
record SigningKey(ECKey key) {

    /** A new key as JSON, named by its thumbprint. */
    static String make() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM makes no P-256 keys.", e);
        }
    }

    static SigningKey of(String json) {
        try {
            return new SigningKey(ECKey.parse(json));
        } catch (ParseException e) {
            throw new IllegalStateException("The stored signing key is not a JWK.", e);
        }
    }
}
