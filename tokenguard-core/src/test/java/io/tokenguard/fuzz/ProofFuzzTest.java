package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.jose.JwkThumbprint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Any proof of possession (RFC 9449 §4.2), signed by the key that its token is bound to: the first line of the input is the
 * header, in which {@code $} stands for that key and {@code #} in the rest for the hash of the token. What is granted says what
 * the request is.
 */
class ProofFuzzTest {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FuzzedGuard GUARD = FuzzedGuard.strict();
    private static final RSAPublicKey KEY = (RSAPublicKey) FuzzedGuard.publicKey();
    private static final String TOKEN = boundToken();
    private static final String HASH = hash(TOKEN);
    private static final String JWK =
            "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + BASE64URL.encodeToString(modulus()) + "\"}";

    private static String boundToken() {
        return FuzzedGuard.sign(
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}".getBytes(UTF_8),
                ("{\"iss\":\"" + FuzzedGuard.ISSUER + "\",\"aud\":\"" + FuzzedGuard.AUDIENCE
                                + "\",\"exp\":1893459600,\"iat\":1893456000,\"sub\":\"s\",\"client_id\":\"c\",\"jti\":\"j\","
                                + "\"cnf\":{\"jkt\":\"" + JwkThumbprint.of(KEY) + "\"}}")
                        .getBytes(UTF_8));
    }

    /** Without the sign that BigInteger puts before it. */
    private static byte[] modulus() {
        byte[] signed = KEY.getModulus().toByteArray();
        return Arrays.copyOfRange(signed, signed.length - 256, signed.length);
    }

    private static String hash(String token) {
        try {
            return BASE64URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "\"typ\":\"dpop+jwt\"",
        "\"alg\":\"RS256\"",
        "\"alg\":\"PS256\"",
        "\"jwk\":$",
        "\"htm\":\"GET\"",
        "\"htu\":\"https://api.example.com/orders\"",
        "HTTPS://API.example.com:443/%6frders",
        "\"ath\":\"#\"",
        "\"iat\":1893456000",
        "\"exp\":1893456001",
        "\"nbf\":",
        "\"jti\":\"a\"",
        "\"nonce\":\"\""
    })
    void grantsOnlyWhatSaysWhatTheRequestIs(byte[] input) throws IOException {
        judge(new String(input, ISO_8859_1));
    }

    @Test
    void grantsAGoodOne() throws IOException {
        requireThat(judge("""
                        {"typ":"dpop+jwt","alg":"RS256","jwk":$}
                        {"htm":"GET","htu":"https://api.example.com/orders","iat":1893456000,"jti":"one","ath":"#"}\
                        """), "refused");
    }

    private static boolean judge(String text) throws IOException {
        int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
        String header = text.substring(0, end).replace("$", JWK);
        String payload = text.substring(Math.min(end + 1, text.length())).replace("#", HASH);
        Decision decision = GUARD.decide(IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + TOKEN)
                .header("DPoP", FuzzedGuard.sign(header.getBytes(ISO_8859_1), payload.getBytes(ISO_8859_1)))
                .build());
        if (decision instanceof Decision.Granted) {
            requireRequest(JSON.readTree(header.getBytes(ISO_8859_1)), JSON.readTree(payload.getBytes(ISO_8859_1)));
            return true;
        }
        return false;
    }

    private static void requireRequest(JsonNode header, JsonNode payload) {
        requireThat(header.path("typ").asText().toLowerCase(Locale.ROOT).endsWith("dpop+jwt"), "typ");
        requireThat(header.path("alg").asText().equals("RS256"), "alg");
        requireThat(payload.path("htm").asText().equals("GET"), "htm");
        requireThat(payload.path("ath").asText().equals(HASH), "ath");
        requireThat(payload.path("htu").asText().toLowerCase(Locale.ROOT).startsWith("https://api"), "htu");
        requireThat(!payload.path("jti").asText().isEmpty(), "jti");
        long age = FuzzedGuard.NOW.getEpochSecond() - payload.path("iat").asLong();
        requireThat(age <= 60 && age >= -5, "iat");
    }
}
