package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7638 §3.1, RFC 8037 appendix A.3 and RFC 9449 §6.1. */
class JwkThumbprintTest {
    private static String thumbprint(SignatureAlgorithm algorithm, Map<String, String> jwk) {
        return JwkThumbprint.of(JwkReader.readKey(jwk).uses().get(algorithm).publicKey());
    }

    @Test
    void ofAnRsaKeyIsThatOfRfc7638() {
        Map<String, String> jwk = Map.of(
                "kty",
                "RSA",
                "n",
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
                "e",
                "AQAB",
                "alg",
                "RS256",
                "kid",
                "2011-04-29");
        assertThat(thumbprint(SignatureAlgorithm.RS256, jwk)).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void ofAnEdwardsKeyIsThatOfRfc8037() {
        Map<String, String> jwk =
                Map.of("kty", "OKP", "crv", "Ed25519", "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assertThat(thumbprint(SignatureAlgorithm.ED25519, jwk))
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void ofAnEllipticCurveKeyIsThatOfRfc9449() {
        Map<String, String> jwk = Map.of(
                "kty", "EC",
                "crv", "P-256",
                "x", "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
                "y", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");
        assertThat(thumbprint(SignatureAlgorithm.ES256, jwk)).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }
}
