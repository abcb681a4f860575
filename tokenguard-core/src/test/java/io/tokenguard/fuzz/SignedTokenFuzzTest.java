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
import org.jose4j.jwt.JwtClaims;
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
    private static final FuzzedGuard STRICT = FuzzedGuard.strict();
    private static final FuzzedGuard GENERIC = FuzzedGuard.generic();
    private static final JwtConsumer JOSE4J = jose4j().build();
    private static final JwtConsumer JOSE4J_WITH_TYPE = jose4j().setExpectedType(true, "at+jwt")
            .setRequireIssuedAt()
            .setRequireJwtId()
            .setRequireSubject()
            .build();

    private static JwtConsumerBuilder jose4j() {
        return new JwtConsumerBuilder()
                .setVerificationKey(FuzzedGuard.publicKey())
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256")
                .setExpectedIssuer(FuzzedGuard.ISSUER)
                .setExpectedAudience(FuzzedGuard.AUDIENCE)
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromSeconds(FuzzedGuard.NOW.getEpochSecond()))
                .setAllowedClockSkewInSeconds(30);
    }

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
        "\"scp\":[\"",
        "\"realm_access\":{\"roles\":[",
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
        String token = FuzzedGuard.sign(Arrays.copyOf(input, headerEnd), payload);
        judge(token, STRICT, JOSE4J_WITH_TYPE);
        judge(token, GENERIC, JOSE4J);
    }

    private static void judge(String token, FuzzedGuard guard, JwtConsumer lessStrict) throws InvalidJwtException {
        Decision decision = guard.decide(IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
        if (decision instanceof Decision.Granted granted) {
            requireSameClaims(granted.accessToken().orElseThrow(), lessStrict.processToClaims(token));
        }
    }

    private static void requireSameClaims(AccessToken granted, JwtClaims read) {
        Map<String, Object> claims = read.getClaimsMap();
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
