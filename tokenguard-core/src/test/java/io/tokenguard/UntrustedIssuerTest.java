package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.Revocations;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A revocation for an issuer that nobody trusts would revoke nothing: it is an error. */
class UntrustedIssuerTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "good");
    private static final String TRUSTED = "https://issuer.example";

    private final DrilledRevocationStore store = new DrilledRevocationStore();

    private TokenGuard guard(TrustedIssuer... issuers) {
        TokenGuardBuilder guard =
                TokenGuard.builder().route("/orders authenticated").revocations(Revocations.shared(store));
        Stream.of(issuers).forEach(guard::issuer);
        return guard.build();
    }

    private static TrustedIssuerBuilder trusted(String issuer) {
        return TrustedIssuer.builder(issuer).audience(AUDIENCE);
    }

    private static TrustedIssuer named() {
        VerificationKey key = new VerificationKey("good", SignatureAlgorithm.ES256, KEY.publicKey());
        return trusted(TRUSTED).issuerAliases(TRUSTED + "/alias").keys(key).build();
    }

    static Stream<Function<String, Revocation>> revocations() {
        return Stream.of(
                issuer -> Revocation.token(issuer, "id"),
                issuer -> Revocation.session(issuer, "session"),
                issuer -> Revocation.subject(issuer, "alice"),
                issuer -> Revocation.client(issuer, "app"),
                Revocation::issuer,
                issuer -> Revocation.keyOf(issuer, KEY.thumbprint()));
    }

    @ParameterizedTest
    @MethodSource("revocations")
    void isRefusedAndNotStored(Function<String, Revocation> revocation) {
        try (TokenGuard guard = guard(named())) {
            for (String issuer : List.of(TRUSTED + "/", "https://elsewhere.example", " ")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> guard.revoke(revocation.apply(issuer)))
                        .withMessageContaining("not trusted")
                        .withMessageContaining(TRUSTED);
            }
            assertThat(store.published()).isEmpty();
            assertThat(guard.health().revocation().entries()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("revocations")
    void isStoredForTheIdentifierAndForAnAlias(Function<String, Revocation> revocation) {
        try (TokenGuard guard = guard(named())) {
            assertThat(guard.revoke(revocation.apply(TRUSTED))).isTrue();
            assertThat(guard.revoke(revocation.apply(TRUSTED + "/alias"))).isTrue();
        }
    }

    @Test
    void anEmptyNameIsNoIssuer() {
        try (TokenGuard guard = guard(named())) {
            assertThatIllegalArgumentException().isThrownBy(() -> guard.revoke(Revocation.subject("", "alice")));
        }
    }

    @Test
    void anIssuerThatATemplateMatchesIsTrusted() {
        try (TokenGuard guard = guard(trusted("https://issuer.example/*/v2").build())) {
            assertThat(guard.revoke(Revocation.issuer("https://issuer.example/tenant/v2")))
                    .isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard.revoke(Revocation.issuer("https://issuer.example/tenant/v1")));
        }
    }

    @Test
    void answersOfAnIssuerOfOpaqueTokensMayNameAnyIssuer() {
        Introspection introspection = Introspection.at(
                URI.create("https://issuer.example/introspect"), ClientAuthentication.basic("api", "secret"));
        try (TokenGuard guard =
                guard(TrustedIssuer.opaque(introspection).audience(AUDIENCE).build())) {
            assertThat(guard.revoke(Revocation.issuer("https://elsewhere.example")))
                    .isTrue();
        }
    }

    @Test
    void whatNamesNoIssuerIsStored() {
        try (TokenGuard guard = guard(named())) {
            assertThat(guard.revoke(Revocation.presented("opaque"))).isTrue();
            assertThat(guard.revoke(Revocation.keyId("stolen"))).isTrue();
            assertThat(guard.revoke(Revocation.key(KEY.thumbprint()))).isTrue();
        }
    }
}
