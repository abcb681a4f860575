package io.tokenguard.internal.token;

import static io.tokenguard.internal.token.Compact.parse;
import static io.tokenguard.internal.token.Compact.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnverifiedTokenTest {
    private static final VerificationKey KEY = new VerificationKey(
            "k", SignatureAlgorithm.ES256, TestKey.generate(TestAlgorithm.ES256).publicKey());

    private static UnverifiedToken with(String payload) throws RefusedException {
        return parse(token("{'alg':'ES256'}", payload));
    }

    @Test
    void namesAnIssuerUnlessItIsAbsentOrNull() throws RefusedException {
        assertThat(with("{'iss':'https://issuer.example'}").hasIssuer()).isTrue();
        assertThat(with("{'iss':7}").hasIssuer()).isTrue();
        assertThat(with("{'iss':null}").hasIssuer()).isFalse();
        assertThat(with("{}").hasIssuer()).isFalse();
    }

    @Test
    void hasTheNonceOfALoginIfThatClaimIsThere() throws RefusedException {
        assertThat(with("{'nonce':'n'}").hasNonce()).isTrue();
        assertThat(with("{}").hasNonce()).isFalse();
    }

    @Test
    void looksLikeAnIdTokenIfItHasTheHashOfAnAccessToken() throws RefusedException {
        assertThat(with("{'at_hash':'h'}").otherKind()).contains(LikelyKind.ID);
        assertThat(with("{'typ':'Refresh'}").otherKind()).contains(LikelyKind.REFRESH);
        assertThat(with("{'scope':'a'}").otherKind()).isEmpty();
    }

    @Test
    void hasTheFingerprintByWhichItsTextIsRevoked() throws RefusedException {
        String text = token("{'alg':'ES256'}", "{'iss':'https://issuer.example'}");
        assertThat(parse(text).fingerprint())
                .isEqualTo(Revocation.presented(text).target());
    }

    @Test
    void keepsTheClaimsThatASignatureVerifies() throws RefusedException {
        VerifiedClaims verified = with("{'iss':'https://a.example','n':1}").verifiedBy(KEY);
        assertThat(verified.key()).isSameAs(KEY);
        assertThat(verified.members()).containsEntry("n", 1L);
    }

    @Test
    void verifiedClaimsCanBeBroughtToTheIdentifierOfTheirIssuer() throws RefusedException {
        VerifiedClaims verified =
                with("{'iss':'https://a.example','n':1}").verifiedBy(KEY).issuedBy("https://b.example");
        assertThat(verified.members()).isEqualTo(Map.of("iss", "https://b.example", "n", 1L));
        assertThat(verified.key()).isSameAs(KEY);
    }

    @Test
    void claimsThatAnAnswerCompletesHaveNoKey() {
        assertThat(VerifiedClaims.completed(Map.of("aud", "api")))
                .satisfies(claims -> assertThat(claims.key()).isNull())
                .satisfies(claims -> assertThat(claims.members()).containsEntry("aud", "api"));
    }
}
