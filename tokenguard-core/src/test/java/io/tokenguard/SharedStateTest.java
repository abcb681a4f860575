package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.SharedState;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes share comes from one place, is opened once, and is closed once. */
class SharedStateTest {
    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static GuardProperties properties(String address) {
        return GuardProperties.of(Map.of(
                "tokenguard.issuer-uri", issuer.issuer(),
                "tokenguard.audiences", GuardedIssuer.AUDIENCE,
                "tokenguard.revocation.redis-uri", address,
                "tokenguard.revocation.outage", "fail-open",
                "tokenguard.revocation.outage-after", "20s",
                "tokenguard.dpop.replay-capacity", "2000",
                "tokenguard.routes.all", "/** authenticated"));
    }

    private static DrilledSharedState only(String address) {
        List<DrilledSharedState> opened = DrilledSharedState.openedAt(address);
        assertThat(opened).hasSize(1);
        return opened.get(0);
    }

    @Test
    void isOpenedByTheProviderThatServesItsAddressOnTheTermsOfTheGuard() {
        try (TokenGuard guard = properties("drill:terms").toBuilder().build()) {
            DrilledSharedState state = only("drill:terms");
            assertThat(state.store.followers()).isEqualTo(1);
            assertThat(guard.health().issuers()).hasSize(1);
        }
        assertThat(only("drill:terms").isClosed).isTrue();
    }

    @Test
    void anAddressThatNobodyServesFailsAtStartAndIsNotShown() {
        assertThatThrownBy(() ->
                        properties("redis://user:hunter2@host:6379").toBuilder().build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.revocation.redis-uri")
                .hasMessageContaining("add tokenguard-redis")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anAddressThatIsNoneFailsAtStartAndIsNotShown() {
        assertThatThrownBy(() -> properties("redis://user:hunter2 @host:6379").toBuilder())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.revocation.redis-uri is '(not shown)'")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anAddressUnderAKeyThatIsMistypedIsNotShown() {
        GuardProperties mistyped =
                GuardProperties.of(Map.of("tokenguard.revocation.redis-url", "redis://:hunter2@host"));
        assertThatThrownBy(mistyped::toBuilder)
                .hasMessageContaining("did you mean tokenguard.revocation.redis-uri?")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void noLogAndNoTextOfAValueShowsItsAddress() {
        RecordedLog.clear();
        try (TokenGuard guard = properties("drill://:hunter2@host").toBuilder().build()) {
            guard.revoke(Revocation.client(issuer.issuer(), "elsewhere"));
            assertThat(reasonOf(guard.decide(bearing(issuer.token().sign())))).isNull();
            assertThat(RecordedLog.recent())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.text()).doesNotContain("hunter2"));
            assertThat(SharedSettings.at(SharedState.Location.of(URI.create("drill://:hunter2@host")))
                            .toString())
                    .doesNotContain("hunter2");
        }
    }

    private static GuardProperties kept(String... more) {
        Map<String, String> properties = new HashMap<>(
                Map.of("tokenguard.issuer-uri", issuer.issuer(), "tokenguard.audiences", GuardedIssuer.AUDIENCE));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return GuardProperties.of(properties);
    }

    @Test
    void aDatabaseIsConfiguredAlikeByPropertyAndInCode(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
        SharedState.Location inCode = SharedState.Location.of(URI.create("jdbc:postgresql://db/app"))
                .user("app")
                .password("hunter2")
                .tablePrefix("tg_");
        GuardProperties byProperty = kept(
                "tokenguard.state.jdbc-uri", "jdbc:postgresql://db/app",
                "tokenguard.state.user", "app",
                "tokenguard.state.password-file", secret.toString(),
                "tokenguard.state.table-prefix", "tg_");
        assertThat(byProperty.toBuilder().settings().operation().shared()).isEqualTo(SharedSettings.at(inCode));
        GuardProperties withPassword = kept(
                "tokenguard.state.jdbc-uri", "jdbc:postgresql://db/app",
                "tokenguard.state.user", "app",
                "tokenguard.state.password", "hunter2",
                "tokenguard.state.table-prefix", "tg_");
        assertThat(withPassword.toBuilder().settings().operation().shared()).isEqualTo(SharedSettings.at(inCode));
        assertThat(inCode.toString()).doesNotContain("hunter2", "postgresql");
    }

    @Test
    void aFolderIsConfiguredAlikeByPropertyAndInCode(@TempDir Path folder) {
        assertThat(kept("tokenguard.state.folder", folder.toString()).toBuilder()
                        .settings()
                        .operation()
                        .shared())
                .isEqualTo(guarding(issuer)
                        .stateFolder(folder)
                        .settings()
                        .operation()
                        .shared());
    }

    @Test
    void aPlaceThatNoModuleServesNamesTheModuleToAdd(@TempDir Path folder) {
        assertThatThrownBy(() -> kept("tokenguard.state.folder", folder.toString()).toBuilder()
                        .build())
                .hasMessageContaining("tokenguard.state.folder")
                .hasMessageContaining("add tokenguard-state-h2");
        assertThatThrownBy(() -> kept("tokenguard.state.jdbc-uri", "jdbc:postgresql://app:hunter2@db/app").toBuilder()
                        .build())
                .hasMessageContaining("tokenguard.state.jdbc-uri")
                .hasMessageContaining("add tokenguard-jdbc")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aLibraryThatIsMissingIsNamedWithWhatToAdd(@TempDir Path folder) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        kept(
                                        "tokenguard.state.folder",
                                        folder.resolve(DrilledSharedState.WITHOUT_LIBRARY)
                                                .toString())
                                .toBuilder()
                                .build())
                .withMessageStartingWith("tokenguard.state.folder needs a library that is missing or of another version"
                        + " (org.example.Driver): add tokenguard-state-h2");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        kept("tokenguard.revocation.redis-uri", "drill:" + DrilledSharedState.WITHOUT_LIBRARY)
                                .toBuilder()
                                .build())
                .withMessageContaining("io.lettuce:lettuce-core");
    }

    @Test
    void stateIsKeptInOnePlaceOnly(@TempDir Path folder) {
        assertThatThrownBy(() -> kept(
                        "tokenguard.state.folder",
                        folder.toString(),
                        "tokenguard.state.jdbc-uri",
                        "jdbc:postgresql://app:hunter2@db/app")
                        .toBuilder())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.state.jdbc-uri")
                .hasMessageContaining("tokenguard.state.folder")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> kept("tokenguard.state.user", "app").toBuilder())
                .hasMessageContaining("tokenguard.state.jdbc-uri is not set");
    }

    @Test
    void aStateThatTheApplicationDescribesIsOpenedOnTheTermsOfTheGuard() {
        List<SharedState.Terms> asked = new ArrayList<>();
        SharedState.Opener opener = terms -> {
            asked.add(terms);
            return opened();
        };
        try (TokenGuard guard = guarding(issuer).sharedState(opener).build()) {
            assertThat(guard.health().issuers()).hasSize(1);
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void bringsTheRevocationsOfOtherNodesAndTellsThemOfItsOwn() {
        String token = issuer.token().claim("jti", "stolen").sign();
        try (TokenGuard guard =
                guarding(issuer).sharedState(URI.create("drill:bring")).build()) {
            DrilledRevocationStore store = only("drill:bring").store;
            store.sync();
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
            store.bring(Revocation.token(issuer.issuer(), "stolen"));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(store.published()).isEmpty();
            guard.revoke(Revocation.token(issuer.issuer(), "other"));
            assertThat(store.published()).hasSize(1);
            assertThat(store.published().get(0).forgetAt()).isPresent();
        }
    }

    @Test
    void aProofThatWasUsedOnAnotherNodeIsRefusedOnThisOne() {
        DpopClient client = DpopClient.create();
        String token = issuer.token().boundTo(client.key()).sign();
        IncomingRequest request = request()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(token)
                                .sign())
                .build();
        DrilledSharedState state = opened();
        try (TokenGuard one = guarding(issuer).sharedState(state).build();
                TokenGuard other = guarding(issuer).sharedState(state).build()) {
            assertThat(reasonOf(one.decide(request))).isNull();
            assertThat(reasonOf(other.decide(request))).isEqualTo(RefusalReason.PROOF_REPLAYED);
        }
        assertThat(state.isClosed).isTrue();
    }

    private static DrilledSharedState opened() {
        DrilledSharedState state = new DrilledSharedState(
                URI.create("drill:opened"), new io.tokenguard.spi.SharedState.Terms(java.time.Clock.systemUTC()));
        state.store.sync();
        return state;
    }

    @Test
    void noncesAreMadeWithItsSecretAsSoonAsItIsKnown() {
        DrilledSharedState state = opened();
        try (TokenGuard one = nonceGuard(state);
                TokenGuard other = nonceGuard(state)) {
            assertThat(nonce(one)).isNotEqualTo(nonce(other));
            state.secret = java.util.Optional.of("0123456789abcdef0123456789abcdef");
            assertThat(nonce(one)).isEqualTo(nonce(other));
        }
    }

    private static TokenGuard nonceGuard(DrilledSharedState state) {
        return guarding(issuer)
                .resourceHosts("api.example.com")
                .dpop(Dpop.supported().askForNonces())
                .sharedState(state)
                .build();
    }

    private static String nonce(TokenGuard guard) {
        DpopClient client = DpopClient.create();
        String token = issuer.token().boundTo(client.key()).sign();
        Decision decision = guard.decide(request()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        client.proof("GET", "https://api.example.com/orders")
                                .forToken(token)
                                .sign())
                .build());
        assertThat(reasonOf(decision)).isEqualTo(RefusalReason.NONCE_REQUIRED);
        return ((Decision.Refused) decision)
                .challenge()
                .headers()
                .get("DPoP-Nonce")
                .get(0);
    }

    @Test
    void whatIsConfiguredOtherwiseIsNotTakenFromIt() {
        DrilledSharedState state = opened();
        DrilledRevocationStore own = new DrilledRevocationStore();
        own.sync();
        try (TokenGuard guard = guarding(issuer)
                .sharedState(state)
                .revocations(Revocations.shared(own))
                .build()) {
            guard.revoke(Revocation.client(issuer.issuer(), "elsewhere"));
            assertThat(own.published()).hasSize(1);
            assertThat(state.store.followers()).isZero();
        }
    }

    @Test
    void isKeptOverAReconfigurationThatNamesTheSameAddressAndClosedByAnother() {
        try (TokenGuard guard =
                guarding(issuer).sharedState(URI.create("drill:first")).build()) {
            guard.reconfigure(guarding(issuer).sharedState(URI.create("drill:first")));
            DrilledSharedState first = only("drill:first");
            assertThat(first.isClosed).isFalse();
            assertThat(first.store.isClosed()).isFalse();
            assertThat(first.store.followers()).isEqualTo(1);
            guard.reconfigure(guarding(issuer).sharedState(URI.create("drill:second")));
            assertThat(first.isClosed).isTrue();
            assertThat(only("drill:second").isClosed).isFalse();
            guard.reconfigure(guarding(issuer));
            assertThat(only("drill:second").isClosed).isTrue();
            assertThat(reasonOf(guard.decide(bearing(issuer.token().sign())))).isNull();
        }
    }

    @Test
    void isClosedAgainWhereTheConfigurationTurnsOutToBeWrong() {
        TokenGuardBuilder wrong = guarding(issuer)
                .sharedState(URI.create("drill:wrong"))
                .revocations(Revocations.local().retention(Duration.ofSeconds(1)));
        assertThatThrownBy(wrong::build).hasMessageContaining("tokenguard.revocation.retention");
        assertThat(only("drill:wrong").isClosed).isTrue();
    }

    @Test
    void staysOpenWhereAReconfigurationTurnsOutToBeWrong() {
        try (TokenGuard guard = guarding(issuer)
                .sharedState(URI.create("drill:stays"))
                .revocations(Revocations.local().outage(FailurePolicy.FAIL_OPEN))
                .build()) {
            TokenGuardBuilder wrong = guarding(issuer)
                    .sharedState(URI.create("drill:stays"))
                    .revocations(Revocations.local().retention(Duration.ofSeconds(1)));
            assertThatThrownBy(() -> guard.reconfigure(wrong)).isInstanceOf(ConfigurationException.class);
            assertThat(only("drill:stays").isClosed).isFalse();
        }
    }
}
