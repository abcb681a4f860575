package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.config.Revocations;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the audit log says about a guard's life. */
@ExtendWith(TestIssuerExtension.class)
class LifecycleEventsTest {
    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    private static TokenGuard start(TestIssuer issuer) {
        return GuardedIssuer.guarding(issuer)
                .route("/health public")
                .route("/closed deny")
                .build();
    }

    @Test
    void aStartShowsIssuersRoutesAndProviders(TestIssuer issuer) {
        start(issuer).close();
        assertThat(RecordedLog.audit())
                .containsExactly(
                        "issuer issuer=" + issuer.issuer()
                                + " keys=discovered dialect=\"by metadata\" audiences=[https://api.example.com]"
                                + " token_types=\"by dialect\""
                                + " algorithms=\"[ES256, ES384, ES512, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512]\""
                                + " introspection=off",
                        "routes count=3 public=1 closed=1 otherwise=denied",
                        "started issuers=1 crypto_provider=auto state=memory dpop=SUPPORTED mtls=SUPPORTED",
                        "closed");
    }

    @Test
    void aStartNamesTheStateAndNoAddress(TestIssuer issuer) {
        GuardedIssuer.guarding(issuer)
                .revocations(Revocations.shared(new DrilledRevocationStore()))
                .build()
                .close();
        assertThat(RecordedLog.audit())
                .anyMatch(line -> line.startsWith("started") && line.contains(" state=in-code "));
    }

    @Test
    void aChangeOfTheConfigurationIsAnEvent(TestIssuer issuer) {
        try (TokenGuard guard = start(issuer)) {
            RecordedLog.clear();
            guard.reconfigure(GuardedIssuer.guarding(issuer).route("/more scope a"));
            assertThat(RecordedLog.audit())
                    .contains(
                            "routes count=2 public=0 closed=0 otherwise=denied",
                            "reconfigured issuers=1 crypto_provider=auto state=memory dpop=SUPPORTED mtls=SUPPORTED");
        }
    }

    @Test
    void aRevocationIsAnEventThatNamesNobody(TestIssuer issuer) {
        try (TokenGuard guard = start(issuer)) {
            RecordedLog.clear();
            Revocation revocation = Revocation.subject(issuer.issuer(), "alice");
            guard.revoke(revocation);
            assertThat(RecordedLog.audit())
                    .containsExactly("revoked kind=SUBJECT target=" + revocation.target() + " kept=true");
        }
    }

    @Test
    void aBanOfAKeyIsAnEvent(TestIssuer issuer) {
        try (TokenGuard guard = start(issuer)) {
            RecordedLog.clear();
            guard.banKey("leaked");
            assertThat(RecordedLog.audit())
                    .containsExactly("revoked kind=KEY_ID target="
                            + Revocation.keyId("leaked").target() + " kept=true");
        }
    }
}
