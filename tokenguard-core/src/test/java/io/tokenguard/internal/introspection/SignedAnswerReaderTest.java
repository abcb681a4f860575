package io.tokenguard.internal.introspection;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.Attempt;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.testkit.TestClock;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9701 §5: whose answer it is, for whom, and how old. */
class SignedAnswerReaderTest {
    private static final long NOW = 1_000_000;
    private static final String ISSUER = "https://issuer.example";

    private final Map<String, Object> claims = new HashMap<>(
            Map.of("iss", ISSUER, "aud", "api", "iat", NOW, "token_introspection", Map.of("active", true)));
    private RefusedException refusal;
    private boolean isWithdrawn;

    private AnswerReader.Answer read() throws FetchException, RefusedException {
        SignedAnswerReader.Verifier verifier = answer -> {
            assertThat(answer).isEqualTo("a.b.c");
            if (refusal != null) {
                throw refusal;
            }
            return new AnswerReader.Answer(claims, () -> isWithdrawn);
        };
        return new SignedAnswerReader(
                        new SignedAnswerReader.Terms(ISSUER, Set.of("api", "second"), verifier, Duration.ofSeconds(5)),
                        TestClock.startingAt(Instant.ofEpochSecond(NOW)))
                .read("a.b.c".getBytes(StandardCharsets.US_ASCII));
    }

    private Attempt reading() {
        return () -> {
            try {
                read();
            } catch (FetchException failure) {
                throw new AssertionError(failure);
            }
        };
    }

    private void assertInvalid(String claim, Object value) {
        claims.put(claim, value);
        assertThat(reasonOf(reading())).as("%s", value).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        assertThat(detailOf(reading())).isEqualTo(claim);
    }

    private void assertValid(String claim, Object value) {
        claims.put(claim, value);
        assertThat(reasonOf(reading())).as("%s", value).isNull();
    }

    @Test
    void saysWhatTheIssuerSignedUntilItsKeyIsBanned() throws Exception {
        AnswerReader.Answer answer = read();
        assertThat(answer.members().get("active")).isEqualTo(true);
        assertThat(answer.isWithdrawn().getAsBoolean()).isFalse();
        isWithdrawn = true;
        assertThat(answer.isWithdrawn().getAsBoolean()).isTrue();
    }

    @Test
    void isOfItsIssuer() {
        assertInvalid("iss", "https://other.example");
        assertInvalid("iss", null);
    }

    @Test
    void isForThisApi() {
        assertValid("aud", List.of("other", "second"));
        assertInvalid("aud", "other");
        assertInvalid("aud", List.of("other"));
        assertInvalid("aud", Arrays.asList(null, 1L));
        assertInvalid("aud", null);
    }

    /** 30 seconds, and the clock skew on either side. */
    @Test
    void isRecent() {
        assertValid("iat", NOW + 5);
        assertInvalid("iat", NOW + 6);
        assertValid("iat", NOW - 35);
        assertInvalid("iat", NOW - 36);
        assertValid("iat", new BigDecimal("1000000.5"));
        assertInvalid("iat", null);
        assertInvalid("iat", "now");
    }

    @Test
    void hasAnObjectAboutTheToken() {
        assertInvalid("token_introspection", null);
        assertInvalid("token_introspection", "active");
    }

    @Test
    void isNoAnswerWithoutKeysToVerifyIt() {
        refusal = new RefusedException(RefusalReason.KEYS_UNAVAILABLE);
        assertThatExceptionOfType(FetchException.class).isThrownBy(this::read);
    }

    @Test
    void isInvalidIfItsSignatureIs() {
        refusal = new RefusedException(RefusalReason.SIGNATURE_INVALID);
        assertThat(reasonOf(reading())).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        assertThat(detailOf(reading())).isEqualTo("SIGNATURE_INVALID");
    }

    @Test
    void isAboutOneTokenIfItsContentIsMalformed() {
        refusal = new RefusedException(RefusalReason.CLAIMS_MALFORMED, "too deep");
        assertThat(reasonOf(reading())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        assertThat(detailOf(reading())).contains("too deep");
    }
}
