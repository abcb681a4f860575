package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestIssuer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the pipeline asks a limiter, and what it makes of the answers. */
class RequestLimitsTest {
    private final TestIssuer issuer = TestIssuer.start();
    private final TokenGuard guard = GuardedIssuer.guarding(issuer)
            .route("/open public")
            .brake(true)
            .limit("/orders limit 5/1m per subject as orders")
            .limit("/open limit 5/1m per network as spent")
            .build();
    private final String good = issuer.token().sign();

    @BeforeEach
    void forget() {
        DrilledLimiter.ATTEMPTS.clear();
        DrilledLimiter.FAILURES.clear();
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private Decision send(String address, String token) {
        return guard.decide(GuardedIssuer.request()
                .clientAddress(address)
                .header("Authorization", "Bearer " + token)
                .build());
    }

    @Test
    void onlyATokenThatIsNotCachedIsAnAttempt() {
        assertThat(reasonOf(send("192.0.2.1", good))).isNull();
        assertThat(DrilledLimiter.ATTEMPTS).containsExactly(good);
        for (int i = 0; i < 100; i++) {
            assertThat(reasonOf(send(DrilledLimiter.BRAKED, good))).isNull();
        }
        assertThat(DrilledLimiter.ATTEMPTS).containsExactly(good);
    }

    @Test
    void aBrakedTokenIsRefusedBeforeItIsRead() {
        Decision.Refused refused = (Decision.Refused) send(DrilledLimiter.BRAKED, "no token at all");
        assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        Decision.Refused braked = (Decision.Refused) send(DrilledLimiter.BRAKED, "a.b.c");
        assertThat(braked.refusal().reason()).isEqualTo(RefusalReason.TOO_MANY_BAD_TOKENS);
        assertThat(braked.challenge().status()).isEqualTo(429);
        assertThat(braked.challenge().headers()).containsEntry("Retry-After", List.of("7"));
        assertThat(braked.refusal().tokenFingerprint()).hasSize(16);
    }

    @Test
    void theReasonOfARefusalIsReported() {
        send("192.0.2.1", CompactToken.parse(good).flipBit(3).compact());
        assertThat(DrilledLimiter.FAILURES).containsExactly("SIGNATURE_INVALID");
    }

    @Test
    void aGrantCarriesTheFieldsOfTheLimiter() {
        Decision.Granted granted = (Decision.Granted) send("192.0.2.1", good);
        assertThat(granted.responseHeaders()).containsEntry("RateLimit", "\"orders\";r=0;t=300");
    }

    @Test
    void aRequestBeyondALimitCarriesThemTooAndTheLimitersOwnRetryAfter() {
        Decision.Refused refused = (Decision.Refused)
                guard.decide(IncomingRequest.builder("GET", "/open").build());
        assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.RATE_LIMIT_EXCEEDED);
        assertThat(refused.refusal().detail()).isEqualTo(DrilledLimiter.SPENT);
        assertThat(refused.challenge().headers())
                .containsEntry("Retry-After", List.of("300"))
                .containsEntry("RateLimit", List.of("\"spent\";r=0;t=300"));
    }

    @Test
    void aRequestThatAnotherAdapterHasCountedIsNotCountedAgainWithoutAToken() {
        IncomingRequest.Handler counted = counted(AccessRequirement.open());
        IncomingRequest open = IncomingRequest.builder("GET", "/open").build();
        assertThat(reasonOf(guard.decide(open, (IncomingRequest.Handler) () -> Optional.of(AccessRequirement.open()))))
                .isEqualTo(RefusalReason.RATE_LIMIT_EXCEEDED);
        assertThat(reasonOf(guard.decide(open, counted))).isNull();
        Decision.Granted granted = (Decision.Granted)
                guard.decide(GuardedIssuer.bearing(good), counted(AccessRequirement.authenticated()));
        assertThat(granted.responseHeaders()).containsKey("RateLimit");
    }

    private static IncomingRequest.Handler counted(AccessRequirement requirement) {
        return new IncomingRequest.Handler() {
            @Override
            public Optional<AccessRequirement> requirement() {
                return Optional.of(requirement);
            }

            @Override
            public boolean isCounted() {
                return true;
            }
        };
    }

    @Test
    void aTokenWithoutARequestIsNoAttempt() throws RefusedException {
        guard.validate(good);
        assertThat(DrilledLimiter.ATTEMPTS).isEmpty();
    }

    @Test
    void aSecondDecisionAboutTheSameRequestIsNotCounted() {
        Decision.Granted granted = (Decision.Granted) send("192.0.2.1", good);
        Decision again = guard.decideAgain(
                GuardedIssuer.bearing(good), granted.accessToken().orElseThrow());
        assertThat(((Decision.Granted) again).responseHeaders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /orders                                                     | write '[METHODS] /path limit 100/1m per subject'
            orders limit 5/1m per subject                               | write '[METHODS] /path limit 100/1m per subject'
            GTE /orders limit 5/1m per subject                          | did you mean GET
            /orders 5/1m per subject                                    | '5/1m' is not part of a limit here
            /orders limit 5 per subject                                 | write requests/period
            /orders limit 0/1m per subject                              | 1 to 999999999 requests
            /orders limit 5/500ms per subject                           | write requests/period
            /orders limit 5/40d per subject                             | a period between 1s and 31d
            /orders limit 5/1m subject                                  | 'subject' is not part of a limit here
            /orders limit 5/1m per user                                 | 'user' is not part of a limit here
            /orders limit 5/1m per claim                                | 'claim' needs a value behind it
            /orders limit 5/1m per subject burst                        | 'burst' needs a value behind it
            /orders limit 5/1m per subject burst many                   | write a number between 1 and 999999999
            /orders limit 5/1m per subject cost 6                       | lower the cost, or raise the burst
            /orders limit 5/1m per subject as a/b                       | name a limit by up to 64 letters
            /orders limit 5/1m per subject twice                        | 'twice' is not part of a limit here
            /orders limit 5/1m per subject limit                        | 'limit' needs a value behind it
            """)
    void aMalformedRuleIsRefusedAtStart(String rule, String words) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().limit(rule))
                .withMessageContaining(words);
    }

    @Test
    void aNameStandsForOneLimitOnly() {
        TokenGuardBuilder builder = GuardedIssuer.guarding(issuer)
                .limit("/orders limit 5/1m per subject as api")
                .limit("/reports limit 6/1m per subject as api");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("write the same limit in both, or another name");
    }
}
