package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import java.util.Arrays;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Any header and any payload, signed by a key that is trusted, so that claims are reached: the first line of the input is
 * the header, the others are the payload. What is granted has to be granted by jose4j too, which is the less strict one,
 * and to say the same.
 */
class SignedTokenFuzzTest {
    private static final FuzzedGuard GUARD = new FuzzedGuard();
    private static final JwtConsumer JOSE4J = new JwtConsumerBuilder()
            .setVerificationKey(GUARD.publicKey())
            .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256")
            .setExpectedType(true, "at+jwt")
            .setExpectedIssuer(FuzzedGuard.ISSUER)
            .setExpectedAudience(FuzzedGuard.AUDIENCE)
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setRequireJwtId()
            .setRequireSubject()
            .setEvaluationTime(NumericDate.fromSeconds(FuzzedGuard.NOW.getEpochSecond()))
            .setAllowedClockSkewInSeconds(30)
            .build();

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "\"iss\":\"https://issuer.example\"",
        "\"aud\":[\"https://api.example.com\"]",
        "\"exp\":1893459600",
        "\"nbf\":1893456000",
        "\"iat\":",
        "\"client_id\":",
        "\"scope\":",
        "\"cnf\":{\"jkt\":\"\"}",
        "\"azp\":",
        "\"events\":{}",
        "application/at+jwt",
        "\\x5cu0061",
        "\\x5cud83d\\x5cude00",
        "1e308",
        "99999999999999999999",
        "null"
    })
    void grantsOnlyWhatALessStrictReaderGrantsToo(byte[] input) throws InvalidJwtException {
        int headerEnd = 0;
        while (headerEnd < input.length && input[headerEnd] != '\n') {
            headerEnd++;
        }
        byte[] payload = Arrays.copyOfRange(input, Math.min(headerEnd + 1, input.length), input.length);
        String token = GUARD.sign(Arrays.copyOf(input, headerEnd), payload);
        Decision decision = GUARD.decide(IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
        if (decision instanceof Decision.Granted granted) {
            requireSameClaims(granted.accessToken().orElseThrow(), token);
        }
    }

    private static void requireSameClaims(AccessToken granted, String token) throws InvalidJwtException {
        Map<String, Object> claims = JOSE4J.processToClaims(token).getClaimsMap();
        requireThat(claims.keySet().equals(granted.claims().keySet()), "claims have other names");
        for (String name : claims.keySet()) {
            if (claims.get(name) instanceof String text) {
                requireThat(text.equals(granted.claims().get(name)), "claim has another value");
            }
        }
        long remaining = granted.expiresAt().getEpochSecond() - FuzzedGuard.NOW.getEpochSecond();
        requireThat(remaining > -30 && remaining <= 86_400, "granted out of its time");
    }
}
