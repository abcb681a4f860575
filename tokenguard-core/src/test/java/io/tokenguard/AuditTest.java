package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestIssuerExtension.class)
class AuditTest {
    private TokenGuard guard;

    @BeforeEach
    void start(TestIssuer issuer) {
        guard = guarding(issuer).build();
        RecordedLog.clear();
    }

    @AfterEach
    void stop() {
        guard.close();
    }

    @Test
    void writesOneEventForEachRefusalWithAllThatIsKnown(TestIssuer issuer) {
        guard.decide(bearing(issuer.token()
                .subject("alice")
                .clientId("shop")
                .audience("https://other.example")
                .sign()));
        assertThat(RecordedLog.audit())
                .singleElement()
                .asString()
                .startsWith("refused reason=AUDIENCE_MISMATCH stage=CLAIMS status=401 found=[https://other.example]"
                        + " expected=[https://api.example.com] settings=tokenguard.audiences dialect=rfc9068 id=")
                .contains(" method=GET path=/orders issuer=" + issuer.issuer() + " kid="
                        + issuer.currentKey().kid() + " client=shop subject=alice jti=");
    }

    @Test
    void namesTheTokenOfAForwardThatIsRefused(TestIssuer issuer) {
        AccessToken good = ((Decision.Granted) guard.decide(
                        bearing(issuer.token().subject("alice").clientId("shop").sign())))
                .accessToken()
                .orElseThrow();
        guard.decideAgain(
                IncomingRequest.builder("GET", "/orders").overTls().build(), AccessRequirement.denied(), good);
        assertNamesToken(issuer);
    }

    @Test
    void namesATokenThatIsCheckedAgainAndRefused(TestIssuer issuer) throws RefusedException {
        AccessToken good =
                guard.validate(issuer.token().subject("alice").clientId("shop").sign());
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guard.validateAgain(good));
        assertNamesToken(issuer);
    }

    private static void assertNamesToken(TestIssuer issuer) {
        assertThat(RecordedLog.audit())
                .filteredOn(line -> line.startsWith("refused "))
                .singleElement()
                .asString()
                .contains("issuer=" + issuer.issuer() + " kid="
                        + issuer.currentKey().kid() + " client=shop subject=alice jti=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin;x", "//admin", "/admin%2F"})
    void showsAnAmbiguousPathAsItIsWritten(String written) {
        IncomingRequest plain =
                IncomingRequest.builder("GET", "/admin").overTls().build();
        guard.decide(new IncomingRequest("GET", "/admin", written, plain.headers(), plain.connection()));
        assertThat(RecordedLog.audit())
                .singleElement()
                .asString()
                .contains("reason=PATH_REJECTED")
                .contains(" path=" + written);
    }

    @Test
    void namesTheClaimThatIsMissing(TestIssuer issuer) {
        guard.decide(bearing(issuer.token().withoutClaim("client_id").sign()));
        assertThat(RecordedLog.audit()).singleElement().asString().contains("detail=client_id");
    }

    @Test
    void tellsNothingOfClaimsBeforeTheirSignatureIsChecked(TestIssuer issuer) {
        guard.decide(bearing(
                issuer.token().subject("mallory").header("kid", "unknown").sign()));
        assertThat(RecordedLog.audit())
                .singleElement()
                .asString()
                .contains("reason=KEY_UNKNOWN", " unverified.kid=unknown")
                .doesNotContain("mallory");
    }

    @Test
    void writesNothingForAGrantedRequest(TestIssuer issuer) {
        guard.decide(bearing(issuer.token().sign()));
        assertThat(RecordedLog.audit()).isEmpty();
    }

    @Test
    void cutsAndEscapesWhatComesFromOutside(TestIssuer issuer) {
        String forged = "k\r\nrefused reason=NONE \u001B[31m\u2028${jndi:ldap://x}" + "x".repeat(180);
        guard.decide(IncomingRequest.builder("GET", "/orders\r\nfake")
                .overTls()
                .header(
                        "Authorization",
                        "Bearer " + issuer.token().header("kid", forged).sign())
                .build());
        guard.decide(bearing(issuer.token().header("kid", forged).sign()));
        assertThat(RecordedLog.audit()).hasSize(2).allSatisfy(line -> {
            assertThat(line).matches("[\\x20-\\x7E]*");
            assertThat(line).doesNotContain("${", "x".repeat(120));
        });
    }

    @Test
    void tellsObserversAndOutlivesThoseThatFail(TestIssuer issuer) {
        List<RefusalReason> seen = new ArrayList<>();
        try (TokenGuard observed = guarding(issuer)
                .observer(refusal -> {
                    throw new IllegalStateException("observer");
                })
                .observer(refusal -> seen.add(refusal.reason()))
                .build()) {
            assertThat(reasonOf(observed.decide(bearing("junk")))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> observed.validate(""));
        }
        assertThat(seen).containsExactly(RefusalReason.TOKEN_MALFORMED, RefusalReason.TOKEN_MALFORMED);
    }
}
