package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Route;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.config.Revocations;
import io.tokenguard.internal.possession.InMemoryReplayStore;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.DpopProofBuilder;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEncryption;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks the closed list: each reason is one that some request really gets. */
class RefusalReasonTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "main");
    private static final TestKey SECOND = TestKey.generate(TestAlgorithm.ES256, "second");
    private static final TestKey LEAKED = TestKey.generate(TestAlgorithm.ES256, "leaked");
    private static final TestEncryption ENCRYPTION = TestEncryption.generate("ECDH-ES", "A256GCM");
    private static final DpopClient CLIENT = DpopClient.create();
    private static final ReplayStore MEMORY = new InMemoryReplayStore(Clock.systemUTC(), 1_000);
    private static TestIssuer issuer;
    private static TestIssuer dead;
    private static TestIssuer asked;
    private static TestIssuer lying;
    private static TokenGuard guard;
    private static TokenGuard cutOff;
    private static TokenGuard demanding;
    private static TokenGuard decrypting;
    private static TokenGuard denying;
    private static TokenGuard limiting;
    private static DrilledWrites writing;
    private static final Map<RefusalReason, IncomingRequest> REQUESTS = new EnumMap<>(RefusalReason.class);

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        issuer = TestIssuer.builder().keys(KEY, SECOND).start();
        issuer.publishJwk(LEAKED.privateJwk());
        dead = TestIssuer.builder().keys(KEY).start();
        dead.goDown();
        asked = TestIssuer.start();
        lying = TestIssuer.start();
        lying.on(TestEndpoint.INTROSPECTION)
                .answer(Fault.body("a.b.c").contentType("application/token-introspection+jwt"));
        guard = TokenGuard.builder()
                .issuer(GuardedIssuer.trusted(issuer)
                        .algorithms(
                                io.tokenguard.access.SignatureAlgorithm.ES256,
                                io.tokenguard.access.SignatureAlgorithm.ES384)
                        .maxTokenAge(java.time.Duration.ofHours(1))
                        .build())
                .issuer(asking(dead, settings -> settings.tokenPrefix("down-")))
                .issuer(asking(asked, UnaryOperator.identity()))
                .issuer(asking(lying, settings -> settings.tokenPrefix("lie-").signedAnswers()))
                .issuer(TrustedIssuer.builder("https://broken.example")
                        .audience(GuardedIssuer.AUDIENCE)
                        .credentials(Credentials.inAuthorization()
                                .inHeaders("X-Assertion")
                                .inCookie("__Host-access"))
                        .keysFrom((keyId, algorithm) -> {
                            throw new IllegalStateException("a plugged-in part that fails");
                        })
                        .build())
                .dpop(Dpop.supported().askForNonces().replayStore(RefusalReasonTest::use))
                .resourceHosts("api.example.com")
                .trustedProxies("192.0.2.1")
                .mutualTls(
                        MutualTls.supported().certificateHeader(CertificateHeader.of(CertificateHeader.Format.RFC9440)))
                .route("/orders authenticated")
                .route("/scope scope a")
                .route("/role role a")
                .route("/closed deny")
                .route("/step-up acr gold")
                .route("/bound dpop")
                .route("/fresh fresh")
                .routes(
                        Route.of("/detail", AccessRequirement.detail("payment", "initiate")),
                        Route.of("/unmet", AccessRequirement.rule("never", attempt -> false)),
                        Route.of("/failing", AccessRequirement.rule("failing", attempt -> {
                            throw new IllegalStateException("a rule that fails");
                        })))
                .build();
        demanding =
                GuardedIssuer.guarding(issuer).mutualTls(MutualTls.required()).build();
        decrypting = GuardedIssuer.guarding(issuer)
                .decryptionKeyFile(Files.writeString(folder.resolve("key.json"), ENCRYPTION.privateJwk()))
                .build();
        denying = GuardedIssuer.guarding(issuer)
                .denyNetworks("192.0.2.0/24")
                .denyClients("old-app")
                .build();
        limiting = GuardedIssuer.guarding(issuer)
                .brake(true)
                .limit("/orders limit 5/1m per subject as " + DrilledLimiter.SPENT)
                .route("/uncountable authenticated")
                .limit("/uncountable limit 5/1m per subject as " + DrilledLimiter.UNCOUNTABLE)
                .build();
        writing = DrilledWrites.of(GuardedIssuer.guarding(issuer));
        cutOff = GuardedIssuer.guarding(issuer)
                .revocations(Revocations.shared(new DrilledRevocationStore()))
                .build();
        describeRequests();
        describeTokens();
        describeWrites();
        describeRevocations();
        describeProofs();
    }

    private static TrustedIssuer asking(TestIssuer issuer, UnaryOperator<Introspection> settings) {
        return GuardedIssuer.trusted(issuer)
                .introspection(settings.apply(Introspection.at(issuer.introspectionUri(), ClientAuthentication.none())))
                .build();
    }

    private static ReplayStore.Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        boolean isOlder = madeAt.isBefore(Instant.now().minusSeconds(20));
        return isOlder ? ReplayStore.Use.UNKNOWN : MEMORY.use(proof, madeAt, forgetAt);
    }

    @AfterAll
    static void stop() {
        guard.close();
        cutOff.close();
        decrypting.close();
        denying.close();
        limiting.close();
        writing.close();
        demanding.close();
        issuer.close();
        dead.close();
        asked.close();
        lying.close();
    }

    private static void describeRequests() {
        String good = token(UnaryOperator.identity());
        REQUESTS.put(
                RefusalReason.PATH_REJECTED,
                IncomingRequest.builder("GET", "/a//b").build());
        REQUESTS.put(
                RefusalReason.METHOD_REJECTED,
                IncomingRequest.builder("TRACE", "/orders").build());
        REQUESTS.put(
                RefusalReason.TRANSPORT_INSECURE,
                IncomingRequest.builder("GET", "/orders")
                        .header("Authorization", "Bearer " + good)
                        .build());
        REQUESTS.put(RefusalReason.NO_CREDENTIALS, request().build());
        REQUESTS.put(
                RefusalReason.CREDENTIAL_SYNTAX,
                request().header("Authorization", "Bearer " + good + " x").build());
        REQUESTS.put(
                RefusalReason.MULTIPLE_CREDENTIALS,
                request()
                        .header("Authorization", "Bearer " + good)
                        .header("authorization", "Bearer " + good)
                        .build());
        REQUESTS.put(
                RefusalReason.CREDENTIALS_MISPLACED,
                request().clientAddress("192.0.2.1").header("X-Assertion", good).build());
        REQUESTS.put(
                RefusalReason.COOKIE_MALFORMED,
                request().header("Cookie", "__Host-access=\"" + good + "\"").build());
        REQUESTS.put(
                RefusalReason.CROSS_SITE_REQUEST,
                request()
                        .header("Cookie", "__Host-access=" + good)
                        .header("Sec-Fetch-Site", "cross-site")
                        .build());
        REQUESTS.put(
                RefusalReason.CSRF_PROOF_MISSING,
                request()
                        .header("Cookie", "__Host-access=" + good)
                        .header("Upgrade", "websocket")
                        .build());
        REQUESTS.put(RefusalReason.SCOPE_INSUFFICIENT, at("/scope", good));
        REQUESTS.put(RefusalReason.ROLE_INSUFFICIENT, at("/role", good));
        REQUESTS.put(RefusalReason.STEP_UP_REQUIRED, at("/step-up", good));
        REQUESTS.put(RefusalReason.ANSWER_REQUIRED, at("/fresh", good));
        REQUESTS.put(RefusalReason.BINDING_INSUFFICIENT, at("/bound", good));
        REQUESTS.put(RefusalReason.DETAILS_INSUFFICIENT, at("/detail", good));
        REQUESTS.put(
                RefusalReason.NETWORK_DENIED,
                request().clientAddress("192.0.2.7").build());
        REQUESTS.put(
                RefusalReason.CLIENT_DENIED,
                request()
                        .clientAddress("198.51.100.7")
                        .header("Authorization", "Bearer " + token(token -> token.claim("client_id", "old-app")))
                        .build());
        REQUESTS.put(RefusalReason.POLICY_DENIED, at("/unmet", good));
        REQUESTS.put(RefusalReason.RULE_FAILED, at("/failing", good));
        REQUESTS.put(RefusalReason.LIMIT_STORE_UNAVAILABLE, at("/uncountable", good));
        REQUESTS.put(RefusalReason.ACCESS_DENIED, at("/closed", good));
        REQUESTS.put(RefusalReason.NO_MATCHING_ROUTE, at("/elsewhere", good));
    }

    private static void describeTokens() {
        Instant now = Instant.now();
        CompactToken parts = CompactToken.parse(token(UnaryOperator.identity()));
        REQUESTS.put(
                RefusalReason.TOO_MANY_BAD_TOKENS,
                request()
                        .clientAddress(DrilledLimiter.BRAKED)
                        .header("Authorization", "Bearer a.b.c")
                        .build());
        bear(RefusalReason.RATE_LIMIT_EXCEEDED, parts.compact());
        bear(RefusalReason.TOKEN_TOO_LARGE, "a".repeat(16_385));
        bear(RefusalReason.TOKEN_MALFORMED, "a..b");
        bear(RefusalReason.TOKEN_ENCRYPTED, "a.b.c.d.e");
        bear(
                RefusalReason.DECRYPTION_FAILED,
                TestEncryption.generate("ECDH-ES", "A256GCM")
                        .header("kid", ENCRYPTION.kid())
                        .encrypt("a.b.c"));
        bear(RefusalReason.HEADER_REJECTED, token(token -> token.header("crit", java.util.List.of("exp"))));
        bear(RefusalReason.ALGORITHM_NOT_ALLOWED, issuer.token().unsigned("none"));
        bear(RefusalReason.CLAIMS_MALFORMED, token(token -> token.claim("sub", 7)));
        bear(RefusalReason.NOT_AN_ACCESS_TOKEN, token(token -> token.claim("nonce", "n")));
        bear(RefusalReason.ISSUER_UNKNOWN, token(token -> token.issuer("https://elsewhere.example")));
        bear(RefusalReason.TYPE_MISMATCH, token(token -> token.type("JWT")));
        bear(RefusalReason.KEY_UNKNOWN, token(token -> token.header("kid", "nobody")));
        bear(RefusalReason.KEY_AMBIGUOUS, token(token -> token.withoutHeader("kid")));
        bear(RefusalReason.KEY_UNUSABLE, token(token -> token.header("alg", "ES384")));
        bear(RefusalReason.KEY_REFUSED, token(token -> token.header("kid", "leaked")));
        bear(RefusalReason.KEYS_UNAVAILABLE, dead.token().sign());
        bear(RefusalReason.SIGNATURE_INVALID, parts.flipBit(7).compact());
        bear(RefusalReason.TOKEN_INACTIVE, "unknown");
        bear(RefusalReason.ISSUER_MISMATCH, answered(Map.of("iss", "https://elsewhere.example")));
        bear(RefusalReason.ANSWER_TOO_LARGE, answered(Map.of("text", "x".repeat(10_000))));
        bear(RefusalReason.INTROSPECTION_UNAVAILABLE, "down-1");
        bear(RefusalReason.INTROSPECTION_INVALID, "lie-1");
        bear(RefusalReason.CLAIM_MISSING, token(token -> token.withoutClaim("jti")));
        bear(RefusalReason.AUDIENCE_MISMATCH, token(token -> token.audience("https://other.example")));
        bear(RefusalReason.EXPIRED, token(token -> token.expiresAt(now.minusSeconds(60))));
        bear(RefusalReason.NOT_YET_VALID, token(token -> token.notBefore(now.plusSeconds(60))));
        bear(RefusalReason.ISSUED_IN_FUTURE, token(token -> token.issuedAt(now.plusSeconds(60))));
        bear(RefusalReason.MAX_AGE_EXCEEDED, token(token -> token.issuedAt(now.minusSeconds(7_200))));
        bear(RefusalReason.LIFETIME_TOO_LONG, token(token -> token.expiresAt(now.plusSeconds(100_000))));
        bear(RefusalReason.BINDING_UNSUPPORTED, token(token -> token.claim("cnf", Map.of("jkt", "x"))));
        bear(RefusalReason.INTERNAL_FAILURE, token(token -> token.issuer("https://broken.example")));
    }

    private static String answered(Map<String, Object> members) {
        Map<String, Object> answer = new HashMap<>(asked.introspection().active(asked.token()));
        answer.putAll(members);
        String opaque = "answered-" + members.keySet();
        asked.introspection().answer(opaque.replaceAll("[^a-z-]", ""), answer);
        return opaque.replaceAll("[^a-z-]", "");
    }

    private static Decision decide(RefusalReason reason) {
        if (DrilledWrites.isOf(reason)) {
            return writing.refuse(REQUESTS.get(reason), reason);
        }
        TokenGuard deciding = switch (reason) {
            case REVOCATION_UNKNOWN -> cutOff;
            case BINDING_REQUIRED -> demanding;
            case DECRYPTION_FAILED -> decrypting;
            case NETWORK_DENIED, CLIENT_DENIED -> denying;
            case TOO_MANY_BAD_TOKENS, RATE_LIMIT_EXCEEDED, LIMIT_STORE_UNAVAILABLE -> limiting;
            default -> guard;
        };
        return deciding.decide(REQUESTS.get(reason));
    }

    private static void describeWrites() {
        String good = token(UnaryOperator.identity());
        Stream.of(RefusalReason.values())
                .filter(DrilledWrites::isOf)
                .forEach(reason -> REQUESTS.put(reason, DrilledWrites.request(reason, good)));
    }

    private static void describeRevocations() {
        String revoked = token(token -> token.claim("jti", "stolen"));
        guard.revoke(Revocation.presented(revoked));
        bear(RefusalReason.REVOKED, revoked);
        bear(RefusalReason.REVOCATION_UNKNOWN, token(UnaryOperator.identity()));
        bear(RefusalReason.BINDING_REQUIRED, token(UnaryOperator.identity()));
    }

    private static void describeProofs() {
        String bound = token(token -> token.boundTo(CLIENT.key()));
        REQUESTS.put(
                RefusalReason.TARGET_UNKNOWN,
                request()
                        .clientAddress("192.0.2.1")
                        .header("X-Forwarded-Host", "a b")
                        .header("Authorization", "Bearer " + bound)
                        .build());
        REQUESTS.put(RefusalReason.BINDING_DOWNGRADE, at("/orders", bound));
        String toACertificate = token(
                token -> token.boundTo(TestCertificate.selfSigned("client").certificate()));
        REQUESTS.put(
                RefusalReason.BINDING_AMBIGUOUS,
                request()
                        .clientAddress("192.0.2.1")
                        .header("Client-Cert", ":AA==:")
                        .header("Client-Cert", ":AA==:")
                        .header("Authorization", "Bearer " + toACertificate)
                        .build());
        prove(RefusalReason.BINDING_MISSING, token(UnaryOperator.identity()), UnaryOperator.identity());
        prove(RefusalReason.BINDING_MISMATCH, token(token -> token.boundTo(SECOND)), UnaryOperator.identity());
        prove(RefusalReason.PROOF_INVALID, bound, proof -> proof.claim("htm", "POST"));
        prove(RefusalReason.NONCE_REQUIRED, bound, UnaryOperator.identity());
        String nonce = ((Decision.Refused) guard.decide(REQUESTS.get(RefusalReason.NONCE_REQUIRED)))
                .challenge()
                .headers()
                .get("DPoP-Nonce")
                .get(0);
        Instant older = Instant.now().minusSeconds(30);
        prove(
                RefusalReason.REPLAY_STORE_UNAVAILABLE,
                bound,
                proof -> proof.claim("nonce", nonce).issuedAt(older));
        prove(RefusalReason.PROOF_REPLAYED, bound, proof -> proof.claim("nonce", nonce));
        assertThat(reasonOf(guard.decide(REQUESTS.get(RefusalReason.PROOF_REPLAYED))))
                .isNull();
    }

    private static void prove(RefusalReason reason, String token, UnaryOperator<DpopProofBuilder> changes) {
        DpopProofBuilder proof =
                CLIENT.proof("GET", "https://api.example.com/orders").forToken(token);
        REQUESTS.put(
                reason,
                request()
                        .header("Host", "api.example.com")
                        .header("Authorization", "DPoP " + token)
                        .header("DPoP", changes.apply(proof).sign())
                        .build());
    }

    private static String token(UnaryOperator<TokenBuilder> changes) {
        return changes.apply(issuer.token().key(KEY)).sign();
    }

    private static void bear(RefusalReason reason, String token) {
        REQUESTS.put(reason, bearing(token));
    }

    private static IncomingRequest at(String path, String token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build();
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void isProduced(RefusalReason reason) {
        assertThat(REQUESTS).containsKey(reason);
        assertThat(reasonOf(decide(reason))).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void isAnsweredWithItsStatusAndAnErrorOfRfc6750Section31(RefusalReason reason) {
        Decision.Refused refused = (Decision.Refused) decide(reason);
        String challenges = String.join("\n", refused.challenge().wwwAuthenticate());
        assertThat(refused.challenge().status()).isEqualTo(reason.status());
        assertThat(refused.challenge().headers().get("Cache-Control")).containsExactly("no-store");
        if (reason.error().code().isEmpty()) {
            assertThat(challenges).doesNotContain("error");
            assertThat(refused.challenge().body().isEmpty()).isNotEqualTo(DrilledWrites.isOf(reason));
        } else {
            assertThat(challenges).contains("error=\"" + reason.error().code() + "\", error_description=\"");
            assertThat(refused.challenge().body())
                    .isEqualTo("{\"error\":\"" + reason.error().code() + "\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void isDescribedInTheCharactersOfRfc6750Section3(RefusalReason reason) {
        Decision.Refused refused = (Decision.Refused) decide(reason);
        refused.challenge()
                .wwwAuthenticate()
                .forEach(
                        challenge -> assertThat(challenge)
                                .matches(
                                        "(Bearer|DPoP) [a-z_]+=\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*\"(, [a-z_]+=\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*\")*"));
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void explainsItselfWithWhatWasFoundAndExpected(RefusalReason reason) {
        Decision.Refused refused = (Decision.Refused) decide(reason);
        assertThat(refused.refusal().found()).isNotEmpty();
        assertThat(refused.refusal().expected()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void hasExactlyThisEvent(RefusalReason reason) {
        RecordedLog.clear();
        decide(reason);
        assertThat(RecordedLog.audit())
                .last()
                .extracting(EventLines::withoutWhatVaries)
                .isEqualTo(EventLines.of(reason));
    }

    @Test
    void thereAreAtMostTwelveDescriptions() {
        long descriptions = REQUESTS.keySet().stream()
                .map(reason -> ((Decision.Refused) decide(reason)).challenge().wwwAuthenticate())
                .flatMap(java.util.List::stream)
                .map(challenge -> challenge.replaceAll(".*error_description=\"([^\"]*)\".*", "$1"))
                .filter(description -> !description.startsWith("Bearer") && !description.startsWith("DPoP"))
                .distinct()
                .count();
        assertThat(descriptions).isBetween(5L, 12L);
    }

    @Test
    void anUnjudgedTokenIsAnsweredWith503AndRetryAfterNeverWithAnError() {
        Decision.Refused refused = (Decision.Refused) guard.decide(REQUESTS.get(RefusalReason.KEYS_UNAVAILABLE));
        assertThat(refused.challenge().headers()).containsKey("Retry-After").doesNotContainKey("WWW-Authenticate");
    }
}
