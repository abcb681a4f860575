package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that can't be signed again by another key in order to check the rest without a network. */
class ExplainOfflineTest {
    private static final String SECRET = "a secret of exactly thirty-two b";
    private static final long NOW = Instant.parse(Sample.AT).getEpochSecond();

    private final Sample sample;

    ExplainOfflineTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private static String text(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String claims(String audience) {
        return text("{'iss':'" + Sample.ISSUER + "','sub':'alice','client_id':'shop','jti':'1','aud':'" + audience
                + "','iat':" + NOW + ",'exp':" + (NOW + 60) + "}");
    }

    private static String bySecret(String audience) throws GeneralSecurityException {
        String signed = text("{'alg':'HS256','typ':'at+jwt'}") + "." + claims(audience);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        byte[] tag = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
    }

    private static CliResult explain(String token, String config) {
        return CliCall.run(token, "explain", "--offline", "--config", config, "--at", Sample.AT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'alg':'none'}", "{'typ':'at+jwt'}", "{'alg':'HS256'}", "{'alg':'ES256K','typ':'at+jwt'}"})
    void areRefusedByTheirHeader(String header) {
        CliResult result = explain(text(header) + "." + claims("https://api.example.com") + ".AAAA", sample.config());
        assertThat(result.out()).contains("Result: refused: ");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void areCheckedByASecretWholly() throws GeneralSecurityException {
        Path secret = sample.write("secret", SECRET);
        Path config = sample.write("secret.properties", """
                tokenguard.issuer-uri=https://issuer.example.com
                tokenguard.audiences=https://api.example.com
                tokenguard.hmac-secret-file=%s
                """.formatted(secret));
        CliResult good = explain(bySecret("https://api.example.com"), config.toString());
        assertThat(good.out()).contains("\u2713 signature", "Result: accepted");
        assertThat(good.exit()).isZero();
        CliResult other = explain(bySecret("https://other.example.com"), config.toString());
        assertThat(other.out()).contains("Result: refused: AUDIENCE_MISMATCH");
        assertThat(other.exit()).isEqualTo(1);
    }
}
