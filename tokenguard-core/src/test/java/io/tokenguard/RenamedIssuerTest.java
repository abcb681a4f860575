package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.Revocations;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was revoked or banned stays so when another configuration names the issuer, the subject or the client differently. */
class RenamedIssuerTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "good");

    private final TestIssuer issuer = TestIssuer.builder().keys(KEY).start();
    private final String name = issuer.issuer();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static VerificationKey[] keys(String... keyIds) {
        return Stream.of(keyIds)
                .map(keyId -> new VerificationKey(keyId, SignatureAlgorithm.ES256, KEY.publicKey()))
                .toArray(VerificationKey[]::new);
    }

    private TrustedIssuerBuilder before(String... keyIds) {
        return TrustedIssuer.builder(name).audience(AUDIENCE).keys(keys(keyIds));
    }

    private TrustedIssuerBuilder renamed(String... keyIds) {
        return TrustedIssuer.builder(name + "/")
                .issuerAliases(name)
                .audience(AUDIENCE)
                .keys(keys(keyIds));
    }

    private static TokenGuardBuilder guarding(TrustedIssuerBuilder trusted) {
        return TokenGuard.builder().issuer(trusted.build()).route("/orders authenticated");
    }

    private TokenBuilder token() {
        return issuer.token()
                .subject("bob")
                .tokenId("stolen")
                .claim("client_id", "shop")
                .claim("azp", "shop-web")
                .claim("oid", "0b0b")
                .claim("sid", "session");
    }

    static Stream<Function<String, Revocation>> revocations() {
        return Stream.of(
                issuer -> Revocation.token(issuer, "stolen"),
                issuer -> Revocation.subject(issuer, "bob"),
                issuer -> Revocation.session(issuer, "session"),
                issuer -> Revocation.client(issuer, "shop"),
                issuer -> Revocation.issuer(issuer).issuedBefore(Instant.now().plus(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @MethodSource("revocations")
    void revocationsOfTheFormerNameStayOnceItIsAnAlias(Function<String, Revocation> revocation) {
        String token = token().sign();
        try (TokenGuard guard = guarding(before("good")).build()) {
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
            guard.revoke(revocation.apply(name));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            guard.reconfigure(guarding(renamed("good")));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Test
    void aBannedKeyStaysBannedUnderItsSecondKeyIdOnceTheFormerNameIsAnAlias() {
        String token = token().header("kid", "second").sign();
        try (TokenGuard guard = guarding(before("first", "second")).build()) {
            guard.banKey("first");
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.KEY_REFUSED);
            guard.reconfigure(guarding(renamed("second")));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    /** The former name is gone, and with it the banned key ID. */
    private TrustedIssuerBuilder byTheNewNameOnly() {
        return TrustedIssuer.builder(name + "/").audience(AUDIENCE).keys(keys("second"));
    }

    private String byTheNewName() {
        return token().claim("iss", name + "/").header("kid", "second").sign();
    }

    @Test
    void aBannedKeyStaysBannedOnceItsFormerNameIsNoLongerAnAlias() {
        try (TokenGuard guard = guarding(before("first", "second")).build()) {
            guard.banKey("first");
            guard.reconfigure(guarding(renamed("second")));
            guard.reconfigure(guarding(byTheNewNameOnly()));
            assertThat(reasonOf(guard.decide(bearing(byTheNewName())))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void aKeyThatWasBannedByTheFormerNameIsBannedOnANodeThatKnowsTheNewNameOnly() {
        DrilledRevocationStore renaming = new DrilledRevocationStore();
        DrilledRevocationStore newers = new DrilledRevocationStore();
        try (TokenGuard guard = node(before("first", "second"), renaming);
                TokenGuard newer = node(byTheNewNameOnly(), newers)) {
            guard.banKey("first");
            int known = renaming.published().size();
            guard.reconfigure(guarding(renamed("second")).revocations(Revocations.shared(renaming)));
            await().until(() -> renaming.published().size() > known);
            assertThat(reasonOf(newer.decide(bearing(byTheNewName())))).isNull();
            relay(renaming, newers);
            assertThat(reasonOf(newer.decide(bearing(byTheNewName())))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    private static TokenGuard node(TrustedIssuerBuilder trusted, DrilledRevocationStore store) {
        store.sync();
        return guarding(trusted).revocations(Revocations.shared(store)).build();
    }

    private static void relay(DrilledRevocationStore from, DrilledRevocationStore to) {
        from.published().forEach(to::bring);
    }

    @ParameterizedTest
    @MethodSource("revocations")
    void aRevocationByTheNewNameHitsOnANodeThatKnowsTheFormerNameOnly(Function<String, Revocation> revocation) {
        DrilledRevocationStore olders = new DrilledRevocationStore();
        DrilledRevocationStore newers = new DrilledRevocationStore();
        String token = token().sign();
        try (TokenGuard older = node(before("good"), olders);
                TokenGuard newer = node(renamed("good"), newers)) {
            assertThat(reasonOf(older.decide(bearing(token)))).isNull();
            newer.revoke(revocation.apply(name + "/"));
            assertThat(reasonOf(newer.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            relay(newers, olders);
            assertThat(reasonOf(older.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @ParameterizedTest
    @MethodSource("revocations")
    void aRevocationByTheFormerNameHitsOnANodeThatKnowsItAsAnAlias(Function<String, Revocation> revocation) {
        DrilledRevocationStore olders = new DrilledRevocationStore();
        DrilledRevocationStore newers = new DrilledRevocationStore();
        String token = token().sign();
        try (TokenGuard older = node(before("good"), olders);
                TokenGuard newer = node(renamed("good"), newers)) {
            older.revoke(revocation.apply(name));
            relay(olders, newers);
            assertThat(reasonOf(newer.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Test
    void whatAGuardStoresNamesNobody() {
        DrilledRevocationStore store = new DrilledRevocationStore();
        try (TokenGuard guard = node(renamed("good"), store)) {
            guard.revoke(Revocation.subject(name, "bob"));
            assertThat(store.published()).hasSize(2).allSatisfy(each -> {
                assertThat(each.origin().issuer()).isEmpty();
                assertThat(each.origin().name()).isEmpty();
            });
        }
    }

    @Test
    void aKeyThatIsBannedByTheNewNameStaysBannedOnANodeThatKnowsTheFormerNameAndAnotherKeyId() {
        DrilledRevocationStore olders = new DrilledRevocationStore();
        DrilledRevocationStore newers = new DrilledRevocationStore();
        String token = token().header("kid", "second").sign();
        try (TokenGuard older = node(before("second"), olders);
                TokenGuard newer = node(renamed("first"), newers)) {
            assertThat(reasonOf(older.decide(bearing(token)))).isNull();
            newer.banKey("first");
            relay(newers, olders);
            assertThat(reasonOf(older.decide(bearing(token)))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void clientsAndSubjectsStayRevokedWhenOtherClaimsNameThem() {
        String token = token().sign();
        TrustedIssuerBuilder others = before("good").clientClaim("azp").subjectClaim("oid");
        for (Revocation revocation : List.of(Revocation.client(name, "shop-web"), Revocation.subject(name, "0b0b"))) {
            try (TokenGuard guard = guarding(others).build()) {
                guard.revoke(revocation);
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
                guard.reconfigure(guarding(before("good")));
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            }
        }
    }

    @Test
    void subjectsAndClientsThatAreNumbersAreRevokedByTheirDigits() {
        String token = token().claim("user_id", 42).claim("app", 7).sign();
        TrustedIssuerBuilder numbered = before("good").clientClaim("app").subjectClaim("user_id");
        for (Revocation revocation : List.of(Revocation.client(name, "7"), Revocation.subject(name, "42"))) {
            try (TokenGuard guard = guarding(numbered).build()) {
                assertThat(accepted(guard, token).subject()).contains("42");
                guard.revoke(revocation);
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            }
        }
    }

    /** Whichever of the claims is used: the others name clients too. */
    @Test
    void clientsThatAnyConfiguredClaimNamesAreRevoked() {
        TokenBuilder token = token().claim("app", "app-1").claim("who", Map.of("id", "who-1"));
        TrustedIssuerBuilder several = before("good").clientClaim("app", "azp", "/who/id");
        for (String client : List.of("app-1", "shop-web", "shop", "who-1")) {
            try (TokenGuard guard = guarding(several).build()) {
                assertThat(accepted(guard, token.sign()).clientId()).contains("app-1");
                guard.revoke(Revocation.client(name, client));
                assertThat(reasonOf(guard.decide(bearing(token.sign())))).isEqualTo(RefusalReason.REVOKED);
            }
        }
    }

    private TokenGuard guardOfOpaqueTokens() {
        Introspection introspection = Introspection.at(
                        issuer.introspectionUri(), ClientAuthentication.basic("api", "secret"))
                .timeout(Duration.ofSeconds(5));
        return TokenGuard.builder()
                .issuer(TrustedIssuer.opaque(introspection).audience(AUDIENCE).build())
                .route("/orders authenticated")
                .build();
    }

    private static AccessToken accepted(TokenGuard guard, String token) {
        Decision decision = guard.decide(bearing(token));
        assertThat(reasonOf(decision)).isNull();
        return ((Decision.Granted) decision).accessToken().orElseThrow();
    }

    @Test
    void opaqueTokensAreValidatedAgainThoughTheirAnswerNamesAnIssuer() {
        try (TokenGuard guard = guardOfOpaqueTokens()) {
            AccessToken token = accepted(guard, issuer.introspection().opaque());
            assertThat(token.issuer()).isEqualTo(name);
            assertThatCode(() -> guard.validateAgain(token)).doesNotThrowAnyException();
        }
    }

    @Test
    void aRevocationByTheEndpointHitsThoughTheAnswerNamesAnIssuer() {
        try (TokenGuard guard = guardOfOpaqueTokens()) {
            String token = issuer.introspection().opaque();
            String subject = accepted(guard, token).subject().orElseThrow();
            guard.revoke(Revocation.subject(issuer.introspectionUri().toString(), subject));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }
}
