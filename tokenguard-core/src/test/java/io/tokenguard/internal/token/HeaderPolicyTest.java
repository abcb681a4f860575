package io.tokenguard.internal.token;

import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8725 §3.1 and §3.11: what was agreed with the issuer counts. */
class HeaderPolicyTest {
    private static final HeaderPolicy POLICY =
            new HeaderPolicy(Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256), Set.of("at+jwt"));

    private static RefusalReason judge(HeaderPolicy policy, SignatureAlgorithm algorithm, String type) {
        return reasonOf(() -> policy.require(new JoseHeader(algorithm, KeyReference.of(null), type)));
    }

    @Test
    void takesTheAlgorithmsThatWereAgreed() {
        assertThat(judge(POLICY, SignatureAlgorithm.ES256, "at+jwt")).isNull();
        assertThat(judge(POLICY, SignatureAlgorithm.RS256, "at+jwt")).isNull();
    }

    @Test
    void refusesEveryOtherAlgorithm() {
        assertThat(judge(POLICY, SignatureAlgorithm.PS256, "at+jwt")).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void refusesTheAlgorithmBeforeTheType() {
        assertThat(judge(POLICY, SignatureAlgorithm.PS256, "jwt")).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "dpop+jwt", "", "at+jwt; x=y", "at+jwt\u0000"})
    void refusesEveryOtherType(String type) {
        assertThat(judge(POLICY, SignatureAlgorithm.ES256, type)).isEqualTo(RefusalReason.TYPE_MISMATCH);
    }

    @Test
    void takesAnyTypeWhereTypesAreNotChecked() {
        HeaderPolicy lax = new HeaderPolicy(Set.of(SignatureAlgorithm.ES256), Set.of());
        assertThat(judge(lax, SignatureAlgorithm.ES256, "")).isNull();
        assertThat(judge(lax, SignatureAlgorithm.ES256, "logout+jwt")).isNull();
    }

    /** RFC 7515 §4: a parameter that is not used refuses nothing. */
    @Test
    void takesAMalformedTypeOnlyIfTypesAreNotChecked() {
        HeaderPolicy lax = new HeaderPolicy(Set.of(SignatureAlgorithm.ES256), Set.of());
        HeaderPolicy none = new HeaderPolicy(Set.of(SignatureAlgorithm.ES256), Set.of(""));
        assertThat(reasonOf(() -> lax.require(new JoseHeader(SignatureAlgorithm.ES256, null, null))))
                .isNull();
        for (HeaderPolicy strict : Set.of(POLICY, none)) {
            assertThat(reasonOf(() -> strict.require(new JoseHeader(SignatureAlgorithm.ES256, null, null))))
                    .isEqualTo(RefusalReason.TYPE_MISMATCH);
        }
    }

    @Test
    void takesTokensWithoutATypeWhereThatWasAgreed() {
        HeaderPolicy lax = new HeaderPolicy(Set.of(SignatureAlgorithm.ES256), Set.of("at+jwt", ""));
        assertThat(judge(lax, SignatureAlgorithm.ES256, "")).isNull();
        assertThat(judge(lax, SignatureAlgorithm.ES256, "jwt")).isEqualTo(RefusalReason.TYPE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void readsItsOwnTypesAsItReadsThoseOfTokens(String type) {
        HeaderPolicy policy = new HeaderPolicy(Set.of(SignatureAlgorithm.ES256), Set.of(type));
        assertThat(judge(policy, SignatureAlgorithm.ES256, "at+jwt")).isNull();
    }

    private static RefusedException refusal(HeaderPolicy policy, SignatureAlgorithm algorithm, String type) {
        return catchThrowableOfType(
                RefusedException.class, () -> policy.require(new JoseHeader(algorithm, KeyReference.of(null), type)));
    }

    @Test
    void saysWhichTypeWasFoundAndWhichAreAccepted() {
        HeaderPolicy policy = new HeaderPolicy(Set.of(SignatureAlgorithm.ES256), Set.of("jwt", "at+jwt", ""));
        assertThat(refusal(policy, SignatureAlgorithm.ES256, "logout+jwt").finding())
                .returns("typ logout+jwt", RefusedException.Finding::found)
                .returns("[no typ, typ at+jwt, typ jwt]", RefusedException.Finding::expected);
        assertThat(refusal(POLICY, SignatureAlgorithm.ES256, "").finding().found())
                .isEqualTo("no typ");
    }

    @Test
    void saysWhichAlgorithmWasFoundAndWhichAreAccepted() {
        assertThat(refusal(POLICY, SignatureAlgorithm.PS256, "at+jwt").finding())
                .returns("PS256", RefusedException.Finding::found)
                .returns("[RS256, ES256]", RefusedException.Finding::expected);
    }
}
