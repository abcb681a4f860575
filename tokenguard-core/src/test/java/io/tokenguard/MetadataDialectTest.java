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
import java.util.regex.Pattern;
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

    /** Without those that anyone can get tokens of for any audience. */
    static Stream<Arguments> servers() {
        return rows().filter(row -> !row.containsKey("requires")).map(MetadataDialectTest::arguments);
    }

    static Stream<Arguments> sharedServers() {
        return rows().filter(row -> row.containsKey("requires")).map(MetadataDialectTest::arguments);
    }

    private static Stream<Map<String, ?>> rows() {
        return IssuerSample.read("metadata.json").stream();
    }

    private static Arguments arguments(Map<String, ?> row) {
        return Arguments.of(row.get("server"), row.get("path"), row);
    }

    /** As the page about issuers lists them. */
    static Stream<Arguments> markers() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "issuers.md"));
        int start = page.indexOf("| Member of the metadata |");
        return page.substring(start, page.indexOf("| none of these |"))
                .lines()
                .skip(2)
                .map(line -> line.split("\\|"))
                .flatMap(cells -> Pattern.compile("`([a-z_0-9]+(?:_[a-z_0-9]+)+)`")
                        .matcher(cells[1])
                        .results()
                        .map(member -> Arguments.of(cells[2].replace("`", "").strip(), member.group(1))));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("markers")
    void haveATestForEachMemberThatSelectsADialect(String server, String member) {
        assertThat(rows().filter(row -> server.equals(row.get("server"))))
                .anySatisfy(row -> assertThat(
                                member.equals("jwks_uri") || ((Map<?, ?>) row.get("metadata")).containsKey(member))
                        .isTrue());
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
    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("sharedServers")
    void warnOfADialectThatNeedsASettingAndRefuseItsTokens(String server, String path, Map<String, ?> row)
            throws Exception {
        String claim = (String) row.get("requires");
        RecordedLog.clear();
        try (MetadataHost host = MetadataHost.start(row, KEYS);
                TokenGuard guard = guard(host.described())) {
            assertThat(reason(guard, token(host.sample()))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(lines())
                    .singleElement()
                    .asString()
                    .contains("dialect " + server, "tokenguard.required-claims", claim.split("=", 2)[0]);
        }
        try (MetadataHost host = MetadataHost.start(row, KEYS);
                TokenGuard guard = guard(host.described().requireClaims(claim))) {
            assertThat(reason(guard, token(host.sample()))).isNull();
        }
    }

    /** AD FS: its metadata name another issuer than its access tokens, whose address is no place to fetch from. */
    @Test
    void mayNameAnotherIssuerThanAccessTokensIfThatIsConfigured() throws Exception {
        Map<String, ?> row = Map.of(
                "server",
                "rfc9068",
                "path",
                "/adfs",
                "token",
                "ad fs (http issuer, date as text)",
                "audiences",
                "x",
                "metadata",
                Map.of("access_token_issuer", "http://adfs.example.com/adfs/services/trust"));
        try (MetadataHost host = MetadataHost.start(row, KEYS);
                TokenGuard guard = GuardProperties.of(Map.of(
                                "tokenguard.issuer-uri", "http://adfs.example.com/adfs/services/trust",
                                "tokenguard.metadata-uri", host.issuer() + "/.well-known/openid-configuration",
                                "tokenguard.metadata-issuer", host.issuer(),
                                "tokenguard.audiences", "microsoft:identityserver:https://api.example.com",
                                "tokenguard.dialect", "generic",
                                "tokenguard.token-types", "JWT",
                                "tokenguard.marker", "appid and apptype"))
                        .toBuilder()
                        .build()) {
            Map<String, Object> claims =
                    new LinkedHashMap<>(host.sample().claimsAt(Instant.now().getEpochSecond()));
            claims.put("iss", "http://adfs.example.com/adfs/services/trust");
            assertThat(reason(guard, KEYS.sign(host.sample().header(), claims))).isNull();
            claims.put("iss", host.issuer());
            assertThat(reason(guard, KEYS.sign(host.sample().header(), claims)))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
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
