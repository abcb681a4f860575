package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Dialect;
import io.tokenguard.logging.RecordedLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Issuers of which only the address and the audience are configured: their address or metadata select the dialect. */
class MetadataDialectTest {
    private static final SampleKeys KEYS = new SampleKeys();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> servers() {
        return IssuerSample.read("metadata.json").stream()
                .filter(row -> !"gitlab-ci".equals(row.get("server")))
                .map(row -> Arguments.of(row.get("server"), row.get("path"), row));
    }

    private static Map<String, ?> row(String server) {
        return IssuerSample.read("metadata.json").stream()
                .filter(row -> server.equals(row.get("server")))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static TokenGuard guard(TrustedIssuerBuilder issuer) {
        return TokenGuard.builder().issuer(issuer.build()).build();
    }

    private static String token(IssuerSample sample) {
        return KEYS.sign(sample, Instant.now().getEpochSecond());
    }

    private static RefusalReason reason(TokenGuard guard, String token) {
        try {
            AccessToken unused = guard.validate(token);
            return null;
        } catch (RefusedException refused) {
            return refused.reason();
        }
    }

    private static List<String> lines() {
        return RecordedLog.recent().stream()
                .map(RecordedLog.Event::text)
                .filter(line -> line.startsWith("Issuer ") && line.contains(" dialect"))
                .toList();
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("servers")
    void areAcceptedWithIssuerAndAudienceAlone(String server, String path, Map<String, ?> row) throws Exception {
        RecordedLog.clear();
        try (MetadataHost host = MetadataHost.start(row, KEYS);
                TokenGuard guard = guard(host.described())) {
            assertThat(reason(guard, token(host.sample()))).isNull();
            assertThat(lines())
                    .singleElement()
                    .asString()
                    .contains(host.issuer(), "set tokenguard.dialect")
                    .contains("dialect", server);
        }
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("servers")
    void areRefusedForAnotherAudience(String server, String path, Map<String, ?> row) throws Exception {
        try (MetadataHost host = MetadataHost.start(row, KEYS);
                TokenGuard guard = guard(TrustedIssuer.builder(host.issuer()).audience("https://other.example.net"))) {
            assertThat(reason(guard, token(host.sample()))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }
    }

    @Test
    void areRefusedWith503UntilTheMetadataLoad() throws Exception {
        try (MetadataHost host = MetadataHost.start(row("spring-authorization-server"), KEYS)) {
            host.goDown(true);
            try (TokenGuard guard = guard(host.described())) {
                assertThat(reason(guard, token(host.sample()))).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                host.goDown(false);
                assertThat(guard.awaitReady(PATIENCE)).isTrue();
                assertThat(reason(guard, token(host.sample()))).isNull();
            }
        }
    }

    @Test
    void neverLetATokenSelectTheDialect() throws Exception {
        try (MetadataHost host = MetadataHost.start(row("rfc9068"), KEYS);
                TokenGuard guard = guard(host.described())) {
            assertThat(reason(guard, token(host.sample("keycloak-25")))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(reason(guard, token(host.sample("spring authorization server default"))))
                    .isEqualTo(RefusalReason.TYPE_MISMATCH);
        }
    }

    /** Anyone can get its tokens for any audience: without the owner's name, the dialect is not used. */
    @Test
    void warnOfADialectThatNeedsASettingAndRefuseItsTokens() throws Exception {
        RecordedLog.clear();
        try (MetadataHost host = MetadataHost.start(row("gitlab-ci"), KEYS);
                TokenGuard guard = guard(host.described())) {
            assertThat(reason(guard, token(host.sample()))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(lines())
                    .singleElement()
                    .asString()
                    .contains("dialect gitlab-ci", "tokenguard.required-claims", "project_id");
        }
        try (MetadataHost host = MetadataHost.start(row("gitlab-ci"), KEYS);
                TokenGuard guard = guard(host.described().requireClaims("project_id=20"))) {
            assertThat(reason(guard, token(host.sample()))).isNull();
        }
    }

    /** OpenID Connect Core §2: of the same server, with {@code azp} and no scope. */
    @Test
    void refuseTheIdTokensOfTheServer() throws Exception {
        try (MetadataHost host = MetadataHost.start(row("spring-authorization-server"), KEYS);
                TokenGuard guard = guard(host.described())) {
            Map<String, Object> claims =
                    new LinkedHashMap<>(host.sample().claimsAt(Instant.now().getEpochSecond()));
            claims.remove("scope");
            claims.put("azp", "orders-client");
            assertThat(reason(guard, KEYS.sign(host.sample().header(), claims))).isEqualTo(RefusalReason.CLAIM_MISSING);
        }
    }

    @Test
    void doNotLetMetadataChangeAStatedDialect() throws Exception {
        try (MetadataHost host = MetadataHost.start(row("spring-authorization-server"), KEYS);
                TokenGuard guard = guard(host.described().dialect(Dialect.RFC9068))) {
            assertThat(reason(guard, token(host.sample()))).isEqualTo(RefusalReason.TYPE_MISMATCH);
        }
    }

    @Test
    void keepTheDialectInASnapshotForAStartWithoutTheIssuer(@TempDir Path folder) throws IOException {
        try (MetadataHost host = MetadataHost.start(row("spring-authorization-server"), KEYS)) {
            try (TokenGuard guard = guard(host.described().keySnapshotFolder(folder))) {
                assertThat(guard.awaitReady(PATIENCE)).isTrue();
                await().until(() -> isSaved(folder));
            }
            host.goDown(true);
            try (TokenGuard restarted = guard(host.described().keySnapshotFolder(folder))) {
                assertThat(reason(restarted, token(host.sample()))).isNull();
            }
        }
    }

    /** Keys are saved in the background. */
    private static boolean isSaved(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jwks"));
        }
    }

    @Test
    void keepTheDialectThroughAReconfigurationWhileTheIssuerIsDown() throws IOException {
        try (MetadataHost host = MetadataHost.start(row("spring-authorization-server"), KEYS);
                TokenGuard guard = guard(host.described())) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            host.goDown(true);
            guard.reconfigure(TokenGuard.builder()
                    .issuer(host.described()
                            .audience("https://more.example.net")
                            .build()));
            assertThat(reason(guard, token(host.sample()))).isNull();
        }
    }

    @Test
    void areReadByRfc9068IfTheKeysAreConfigured() throws IOException {
        RecordedLog.clear();
        try (MetadataHost host = MetadataHost.start(row("spring-authorization-server"), KEYS);
                TokenGuard guard = guard(host.described().keysFrom(URI.create(host.issuer() + "/oauth2/jwks")))) {
            assertThat(reason(guard, token(host.sample()))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(lines()).singleElement().asString().contains("no metadata are loaded", "set tokenguard.dialect");
        }
    }
}
