package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions and deny lists in a guard: order, events, report-only mode, lists that change. */
@ExtendWith(TestIssuerExtension.class)
class PolicyTest {
    private TestIssuer issuer;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
        RecordedLog.clear();
    }

    private static IncomingRequest request(String path, String address, TokenBuilder token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .clientAddress(address)
                .header("Authorization", "Bearer " + token.sign())
                .build();
    }

    private IncomingRequest request(String path, TokenBuilder token) {
        return request(path, "198.51.100.7", token);
    }

    private static Refusal refusal(Decision decision) {
        return ((Decision.Refused) decision).refusal();
    }

    @Test
    void anEventSaysWhatWasFoundAndExpectedAndWhichSettingsDecide() {
        try (TokenGuard guard = guarding(issuer)
                .route("/pay/{tenant} claim department in finance,legal claim tenant = path:tenant")
                .build()) {
            Refusal other =
                    refusal(guard.decide(request("/pay/acme", issuer.token().claim("department", "sales"))));
            assertThat(other.reason()).isEqualTo(RefusalReason.POLICY_DENIED);
            assertThat(other.detail()).isEqualTo("claim department");
            assertThat(other.found()).isEqualTo("department sales");
            assertThat(other.expected()).isEqualTo("claim department in finance,legal");
            assertThat(other.settings()).containsExactly("tokenguard.routes");
            Refusal tenant = refusal(guard.decide(request(
                    "/pay/acme", issuer.token().claim("department", "legal").claim("tenant", "shop"))));
            assertThat(tenant.found()).isEqualTo("tenant shop, path:tenant acme");
            assertThat(refusal(guard.decide(request("/pay/acme", issuer.token())))
                            .found())
                    .isEqualTo("no department");
        }
    }

    @Test
    void anEventNeverShowsThePersonThatAClaimNames() {
        try (TokenGuard guard = guarding(issuer)
                .route("/a claim email = x")
                .route("/b claim sub = x")
                .route("/c subject = x")
                .build()) {
            for (String path : new String[] {"/a", "/b", "/c"}) {
                Refusal refusal = refusal(guard.decide(
                        request(path, issuer.token().subject("hidden").claim("email", "hidden@example.com"))));
                assertThat(refusal.found()).startsWith("another ").doesNotContain("hidden");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email.value",
                "mail",
                "emails.primary",
                "username",
                "user_name",
                "login",
                "oid",
                "birthdate",
                "address.locality",
                "address.country",
                "userPrincipalName",
                "Family-Name",
                "act.client",
                "https://api.example.com/email",
                "/custom:email"
            })
    void anEventNeverShowsAClaimInsideOfOneThatNamesAPerson(String name) {
        try (TokenGuard guard = guarding(issuer)
                .route("/a claim " + name + " = x")
                .route("/b claim " + name + " contains x")
                .build()) {
            String[] path = name.contains("://") || name.startsWith("/")
                    ? new String[] {name.startsWith("/") ? name.substring(1) : name}
                    : name.split("\\.");
            for (Object value : new Object[] {"hidden", List.of("hidden")}) {
                Object claim = value;
                for (int step = path.length - 1; step > 0; step--) {
                    claim = Map.of(path[step], claim);
                }
                String rule = value instanceof String ? "/a" : "/b";
                Refusal refusal =
                        refusal(guard.decide(request(rule, issuer.token().claim(path[0], claim))));
                assertThat(refusal.found()).startsWith("another ").doesNotContain("hidden");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(old-app", "old-app)", "[old-app]", "'old-app'", "\"old-app\"", "old-app;"})
    void aDeniedClientInBracketsOrQuotesIsAMistake(String client) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TokenGuard.builder().denyClients("other", client))
                .withMessageContaining("without parentheses");
    }

    @Test
    void anEventShowsNoObjectInAnArrayAndNoPersonInAPath() {
        try (TokenGuard guard = guarding(issuer)
                .route("/a claim teams contains x")
                .route("/users/{user} subject = path:user")
                .build()) {
            Object teams = List.of(Map.of("email", "hidden"));
            assertThat(refusal(guard.decide(request("/a", issuer.token().claim("teams", teams))))
                            .found())
                    .isEqualTo("teams of another type");
            assertThat(refusal(guard.decide(
                                    request("/users/hidden", issuer.token().subject("alice"))))
                            .found())
                    .isEqualTo("another subject, path:user (not shown)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tenants/%2e%2e",
                "/tenants/acme;x",
                "/tenants/acme%3Bx",
                "/tenants/%2561cme",
                "/tenants/x/../acme",
                "/tenants/x%2Facme",
                "/tenants//acme",
                "/tenants/acme%00"
            })
    void anAmbiguousVariableIsRefusedBefore(String written) {
        try (TokenGuard guard = guarding(issuer)
                .route("/tenants/{tenant} claim tenant = path:tenant")
                .build()) {
            Decision decision = guard.decide(new IncomingRequest(
                    "GET",
                    "/tenants/acme",
                    written,
                    request("/", issuer.token().claim("tenant", "acme")).headers(),
                    new IncomingRequest.Connection(true, "", "")));
            assertThat(reasonOf(decision)).isEqualTo(RefusalReason.PATH_REJECTED);
        }
    }

    @Test
    void anEncodedVariableIsComparedAsItIsDecoded() {
        try (TokenGuard guard = guarding(issuer)
                .route("/tenants/{tenant} claim tenant = path:tenant")
                .build()) {
            Decision decision = guard.decide(new IncomingRequest(
                    "GET",
                    "/tenants/acme",
                    "/tenants/%61cme",
                    request("/", issuer.token().claim("tenant", "acme")).headers(),
                    new IncomingRequest.Connection(true, "", "")));
            assertThat(reasonOf(decision)).isNull();
        }
    }

    @Test
    void aConditionInReportOnlyModeIsCountedAndChangesNothing() {
        try (TokenGuard guard = guarding(issuer)
                .route("/trial authenticated report-only not claim contractor = true")
                .build()) {
            assertThat(reasonOf(guard.decide(request("/trial", issuer.token()))))
                    .isNull();
            assertThat(guard.stats().decisions().wouldRefuse()).containsEntry(RefusalReason.POLICY_DENIED, 1L);
            assertThat(RecordedLog.audit()).last().asString().startsWith("would-refuse reason=POLICY_DENIED");
            assertThat(reasonOf(guard.decide(request("/trial", issuer.token().claim("contractor", false)))))
                    .isNull();
            assertThat(guard.stats().decisions().wouldRefuse()).containsEntry(RefusalReason.POLICY_DENIED, 1L);
        }
    }

    @Test
    void aDeniedNetworkGetsNothingNotEvenWhatIsPublic() {
        try (TokenGuard guard = guarding(issuer)
                .route("/public public")
                .denyNetworks("203.0.113.0/24")
                .build()) {
            assertThat(reasonOf(guard.decide(request("/public", "203.0.113.9", issuer.token()))))
                    .isEqualTo(RefusalReason.NETWORK_DENIED);
            assertThat(reasonOf(guard.decide(request("/a//b", "203.0.113.9", issuer.token()))))
                    .isEqualTo(RefusalReason.NETWORK_DENIED);
            assertThat(reasonOf(guard.decide(request("/public", "", issuer.token()))))
                    .isEqualTo(RefusalReason.NETWORK_DENIED);
            assertThat(reasonOf(guard.decide(request("/public", "198.51.100.7", issuer.token()))))
                    .isNull();
            assertThat(reasonOf(guard.explain(request("/public", "203.0.113.9", issuer.token()))))
                    .isEqualTo(RefusalReason.NETWORK_DENIED);
        }
    }

    @Test
    void aDeniedClientIsRefusedWhateverItsTokenGrants() {
        try (TokenGuard guard = guarding(issuer)
                .route("/public public")
                .denyClients("old-app", "other, app")
                .build()) {
            TokenBuilder old = issuer.token().claim("client_id", "old-app");
            assertThat(reasonOf(guard.decide(request("/orders", old)))).isEqualTo(RefusalReason.CLIENT_DENIED);
            assertThat(reasonOf(guard.decide(request("/orders", issuer.token().claim("client_id", "other, app")))))
                    .isEqualTo(RefusalReason.CLIENT_DENIED);
            assertThat(reasonOf(guard.decide(request("/public", old)))).isNull();
            assertThat(reasonOf(guard.decide(request("/orders", issuer.token()))))
                    .isNull();
            assertThat(io.tokenguard.internal.Attempt.reasonOf(() -> guard.validate(old.sign())))
                    .isEqualTo(RefusalReason.CLIENT_DENIED);
        }
    }

    @Test
    void denialsInReportOnlyModeAreCountedAndChangeNothing() {
        try (TokenGuard guard = guarding(issuer)
                .denyNetworks("203.0.113.0/24")
                .denyClients("old-app")
                .reportDenialsOnly()
                .build()) {
            TokenBuilder old = issuer.token().claim("client_id", "old-app");
            assertThat(reasonOf(guard.decide(request("/orders", "203.0.113.9", old))))
                    .isNull();
            assertThat(reasonOf(guard.decide(request("/orders", "198.51.100.7", old))))
                    .isNull();
            assertThat(guard.stats().decisions().wouldRefuse())
                    .containsEntry(RefusalReason.NETWORK_DENIED, 1L)
                    .containsEntry(RefusalReason.CLIENT_DENIED, 1L);
        }
    }

    @Test
    void aListIsReadAgainAndABadFileKeepsTheOldOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("blocked.txt"), "203.0.113.0/24\n");
        TestClock clock = TestClock.startingAt(Instant.now());
        ManualTimer timer = new ManualTimer(clock);
        try (TokenGuard guard = guarding(issuer)
                .clock(clock)
                .timer(timer)
                .namedList("blocked", file)
                .denyNetworks("@blocked")
                .build()) {
            assertThat(isDenied(guard, "203.0.113.9")).isTrue();
            assertThat(isDenied(guard, "192.0.2.9")).isFalse();

            Files.writeString(file, "192.0.2.0/24");
            timer.advance(Duration.ofSeconds(11));
            await(() -> isDenied(guard, "192.0.2.9") && !isDenied(guard, "203.0.113.9"));

            Files.writeString(file, "192.0.2.0/24\nnot a network\n");
            timer.advance(Duration.ofSeconds(11));
            await(() -> RecordedLog.recent().stream()
                    .anyMatch(event -> event.text()
                            .startsWith("tokenguard.lists.blocked.file has an entry in line 2 that is no network")));
            assertThat(isDenied(guard, "192.0.2.9")).isTrue();

            Files.delete(file);
            timer.advance(Duration.ofSeconds(11));
            await(() -> RecordedLog.recent().stream()
                    .anyMatch(event -> event.text().contains("name a file that can be read")));
            assertThat(isDenied(guard, "192.0.2.9")).isTrue();
        }
    }

    private boolean isDenied(TokenGuard guard, String address) {
        return reasonOf(guard.decide(request("/orders", address, issuer.token()))) == RefusalReason.NETWORK_DENIED;
    }

    /** Files are read on a thread of the guard. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void anAnnotationThatNamesAnUnknownListCanNeverBeMet() {
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.obstacleTo(AccessRequirement.parse("not from @nowhere")))
                    .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("tokenguard.lists.nowhere.file"));
        }
    }
}
