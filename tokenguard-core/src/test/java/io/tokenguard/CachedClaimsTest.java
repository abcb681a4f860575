package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.jose.RandomJson;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a token claims, an application reads the same from a token that was cached as from one that was not. */
class CachedClaimsTest {
    private static final int TOKENS = 300;
    private static final List<Class<?>> TYPES = List.of(
            String.class,
            Boolean.class,
            Long.class,
            BigDecimal.class,
            List.class,
            Map.class,
            Number.class,
            Object.class);

    private static AccessToken accepted(Decision decision) {
        return ((Decision.Granted) decision).accessToken().orElseThrow();
    }

    private static String token(TestIssuer issuer, RandomJson json, int number) {
        String usual = issuer.token()
                .subject("user-" + number)
                .scope("orders:read", "scope-" + number % 3)
                .payloadJson()
                .strip();
        String extra = json.object().strip();
        String more =
                extra.substring(1, extra.length() - 1).isBlank() ? "" : extra.substring(1, extra.length() - 1) + ",";
        return issuer.token().rawPayload("{" + more + usual.substring(1)).sign();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void areThoseOfATokenThatIsVerifiedInFull(long seed) {
        RandomJson json = new RandomJson(new Random(seed));
        try (TestIssuer issuer = TestIssuer.builder()
                        .keys(TestKey.generate(TestAlgorithm.RS256))
                        .start();
                TokenGuard caching = guarding(issuer).build();
                TokenGuard other = guarding(issuer).tokenCache(TokenCache.off()).build()) {
            for (int i = 0; i < TOKENS; i++) {
                String token = token(issuer, json, i);
                AccessToken full = accepted(other.decide(bearing(token)));
                AccessToken first = accepted(caching.decide(bearing(token)));
                AccessToken cached = accepted(caching.decide(bearing(token)));
                assertSame(first, full);
                assertSame(cached, full);
            }
            assertThat(caching.stats().tokenCache().hits()).isEqualTo(TOKENS);
        }
    }

    private static void assertSame(AccessToken found, AccessToken expected) {
        assertThat(found.issuer()).isEqualTo(expected.issuer());
        assertThat(found.subject()).isEqualTo(expected.subject()).isPresent();
        assertThat(found.clientId()).isEqualTo(expected.clientId());
        assertThat(found.subjectKind()).isEqualTo(expected.subjectKind());
        assertThat(found.scopes()).isEqualTo(expected.scopes()).isNotEmpty();
        assertThat(found.roles()).isEqualTo(expected.roles());
        assertThat(found.expiresAt()).isEqualTo(expected.expiresAt());
        assertThat(found.issuedAt()).isEqualTo(expected.issuedAt()).isPresent();
        assertThat(found.tokenId()).isEqualTo(expected.tokenId());
        assertThat(found.audiences()).isEqualTo(expected.audiences()).isNotEmpty();
        assertThat(found.confirmation()).isEqualTo(expected.confirmation());
        assertThat(found.keyId()).isEqualTo(expected.keyId());
        assertThat(found.verificationKey()).isEqualTo(expected.verificationKey());
        assertThat(found.fingerprints()).isEqualTo(expected.fingerprints()).hasSize(1);
        assertThat(new ArrayList<>(found.claims().entrySet()))
                .isEqualTo(new ArrayList<>(expected.claims().entrySet()));
        for (String name : expected.claims().keySet()) {
            assertThat(found.text(name)).isEqualTo(expected.text(name));
            assertThat(found.texts(name)).isEqualTo(expected.texts(name));
            assertThat(found.instant(name)).isEqualTo(expected.instant(name));
            for (Class<?> type : TYPES) {
                assertThat(found.claim(name, type)).isEqualTo(expected.claim(name, type));
            }
        }
        assertThat(found).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(expected).isEqualTo(found);
        assertThat(found.toBuilder().claims(Map.of()).build().subject()).isEqualTo(expected.subject());
        assertThat(found.toBuilder().subject("other").build().subject()).hasValue("other");
    }
}
