package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.StatusLists;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever callers, issuers or broken parts of an application send again and again, the log gets a bounded number of lines. */
class LogFloodTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "key");
    private static final int FLOOD = 400;
    private static final int USUAL = 5;
    private static final int AUDITED = 50;

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KEY).clock(clock).start();

    @AfterEach
    void stop() {
        issuer.close();
        RecordedLog.clear();
    }

    private TokenGuardBuilder guarding() {
        return GuardedIssuer.guarding(
                        issuer,
                        settings -> settings.keys(
                                new VerificationKey(KEY.kid(), SignatureAlgorithm.ES256, KEY.publicKey())))
                .clock(clock);
    }

    private static long linesOf(Runnable flood, String part) {
        RecordedLog.clear();
        flood.run();
        return RecordedLog.recent().stream()
                .filter(event -> event.text().contains(part))
                .count();
    }

    private static void repeat(IntConsumer event) {
        IntStream.range(0, FLOOD).forEach(event);
    }

    private static void receiveLogout(TokenGuard guard, String token) {
        try {
            guard.receiveLogout(token);
        } catch (RefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void refusalsOfOneReason() {
        try (TokenGuard guard = guarding().build()) {
            assertThat(linesOf(() -> repeat(i -> guard.decide(bearing("junk" + i))), "refused"))
                    .isEqualTo(AUDITED);
        }
    }

    @Test
    void failuresOfTheKeysOfAnApplication() {
        try (TokenGuard guard = GuardedIssuer.guarding(
                        issuer,
                        settings -> settings.keysFrom((keyId, algorithm) -> {
                            throw new IllegalStateException();
                        }))
                .clock(clock)
                .build()) {
            String token = issuer.token().sign();
            assertThat(linesOf(() -> repeat(i -> guard.decide(bearing(token))), "could not be decided"))
                    .isEqualTo(USUAL);
        }
    }

    @Test
    void failuresOfARuleOfAnApplication() {
        AccessRequirement rule = AccessRequirement.rule("own", attempt -> {
            throw new IllegalStateException();
        });
        try (TokenGuard guard = guarding()
                .routes(Route.of("/own", rule.or(AccessRequirement.authenticated())))
                .build()) {
            String token = issuer.token().sign();
            assertThat(linesOf(() -> repeat(i -> guard.decide(to("/own", token))), "A rule failed"))
                    .isEqualTo(USUAL);
        }
    }

    private static IncomingRequest to(String path, String token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build();
    }

    @Test
    void failuresOfAnObserver() {
        GuardObserver broken = new GuardObserver() {
            @Override
            public void refused(Refusal refusal) {
                throw new IllegalStateException();
            }
        };
        try (TokenGuard guard = guarding().observer(broken).build()) {
            assertThat(linesOf(() -> repeat(i -> guard.decide(bearing("junk"))), "An observer failed"))
                    .isEqualTo(USUAL);
        }
    }

    @Test
    void acceptedLogoutsOfOneIssuer() {
        try (TokenGuard guard =
                guarding().backChannelLogout(BackChannelLogout.strict()).build()) {
            Runnable flood = () -> repeat(i -> receiveLogout(
                    guard,
                    issuer.logoutToken().subject("u" + i).claim("sid", "s" + i).sign()));
            assertThat(linesOf(flood, "received feed")).isEqualTo(AUDITED);
        }
    }

    @Test
    void revocationsThatHaveToMakeRoom() {
        try (TokenGuard guard = guarding()
                .backChannelLogout(BackChannelLogout.strict())
                .revocations(Revocations.local().capacity(1_000))
                .build()) {
            Runnable flood = () -> IntStream.range(0, 3 * FLOOD).forEach(i -> {
                clock.advance(Duration.ofMillis(100));
                receiveLogout(
                        guard,
                        issuer.logoutToken()
                                .subject("u" + i)
                                .claim("sid", "s" + i)
                                .sign());
            });
            assertThat(linesOf(flood, "has sent the most of them")).isBetween(1L, 2L);
        }
    }

    @Test
    void issuersOfATemplateThatAreNotThere() {
        try (TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder("http://127.0.0.1:1/tenants/*")
                        .audience(GuardedIssuer.AUDIENCE)
                        .build())
                .route("/orders authenticated")
                .clock(clock)
                .build()) {
            Runnable flood = () -> repeat(i -> guard.decide(request()
                    .clientAddress("198.51." + i % 200 + ".7")
                    .header(
                            "Authorization",
                            "Bearer "
                                    + issuer.token()
                                            .issuer("http://127.0.0.1:1/tenants/t" + i)
                                            .sign())
                    .build()));
            assertThat(linesOf(flood, "could not be loaded")).isBetween(1L, (long) USUAL);
        }
    }

    @Test
    void keysThatAnIssuerMustNotPublish() {
        issuer.publishRaw("{\"keys\":[" + KEY.publicJwk()
                + IntStream.range(0, 60)
                        .mapToObj(i -> ",{\"kty\":\"RSA\",\"kid\":\"bad" + i
                                + "\",\"alg\":\"RS256\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")
                        .collect(Collectors.joining())
                + "]}");
        try (TokenGuard guard = GuardedIssuer.guarding(issuer).clock(clock).build()) {
            assertThat(linesOf(() -> guard.decide(bearing(issuer.token().sign())), "was refused"))
                    .isLessThanOrEqualTo(USUAL);
            assertThat(RecordedLog.recent()).hasSizeLessThan(20);
        }
    }

    @Test
    void statusListsThatCannotBeLoaded() {
        try (TokenGuard guard = guarding().statusLists(StatusLists.supported()).build()) {
            Runnable flood = () -> repeat(i -> guard.decide(bearing(issuer.token()
                    .claim("status", Map.of("status_list", Map.of("idx", 1, "uri", issuer.issuer() + "/lists/" + i)))
                    .sign())));
            assertThat(linesOf(flood, "status list of issuer")).isBetween(1L, (long) USUAL);
        }
    }

    /** A new place that logs is added here once it is known what bounds its lines. */
    @Test
    void everyPlaceThatLogsHasABound() throws IOException {
        Path sources = Path.of(System.getProperty("basedir"), "src/main/java/io/tokenguard");
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(LogFloodTest::logs)
                            .map(file -> file.getFileName().toString().replace(".java", "")))
                    .containsExactlyInAnyOrder(
                            // limited by LineLimit or LineBudget
                            // whose callers are AuditLog and FeedLog, which are limited, and LifecycleEvents
                            "AuditEvent",
                            "ClaimedWrite",
                            "FailureLog",
                            "LineLimit",
                            "KeyAlarm",
                            "KeyBans",
                            "RefreshedList",
                            "ReplayAlarm",
                            "RevocationAlarm",
                            "ShortRsaWarning",
                            // one line a minute for each cause
                            "CallAlarm",
                            // once for each configured issuer, or issuer that has signed a token
                            "ClaimsValidator",
                            "DialectChoice",
                            "UnfoundClaim",
                            // once for each change of the operator's file, every ten seconds at most
                            "ListFile",
                            // once for each start, change of the configuration, or call of the application
                            "CryptoChoice",
                            "ProcessProxies",
                            "ExpectedAdapters",
                            "Fapi2Preset",
                            "HttpChannel",
                            "McpPreset",
                            "RevocationHandover",
                            "StartReport",
                            "TokenGuard");
        }
    }

    private static boolean logs(Path file) {
        try {
            return Files.readString(file).contains("LoggerFactory.getLogger");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
