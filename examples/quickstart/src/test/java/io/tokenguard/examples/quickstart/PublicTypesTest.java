package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists the API: the top-level public types in the exported packages of each published module. */
class PublicTypesTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern EXPORT = Pattern.compile("(?m)^\\s*exports ([\\w.]+);");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:(?:final|sealed|non-sealed|abstract) )*(?:class|interface|record|enum|@interface) (\\w+)");

    private static final int MOST_IN_CORE = 50;

    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("tokenguard-core", names("""
                    GuardProperties TokenGuard TokenGuardBuilder TrustedIssuer TrustedIssuerBuilder
                    AccessRequirement AccessToken AddressRange AuthorizationRequest ConfigurationException
                    Confirmation Decision FeedAnswer GuardHealth GuardStats IdempotentWrite IncomingRequest Refusal RefusalReason
                    RefusedException ResourceMetadata Revocation Route SignatureAlgorithm TheftSignal
                    BackChannelLogout BindingMode ClientAuthentication Credentials
                    Destination Dialect Dpop
                    Introspection MutualTls Preset Revocations SecurityEvents
                    StatusLists TheftDetection TokenCache
                    ClaimRule GuardObserver KeySource ReplayStore RevocationStore SharedState
                    TokenEndpoint VerificationKey
                    """)),
            Map.entry("tokenguard-servlet", names("""
                    BackChannelLogoutServlet HandlerRules ResourceMetadataServlet SecurityEventServlet
                    TokenGuardFilter WebSocketTokens
                    """)),
            Map.entry("tokenguard-jaxrs", names("""
                    Authenticated EndpointRule RequiresAuthentication RequiresFreshAnswer RequiresPolicy
                    RequiresProof RequiresRoles RequiresScopes TokenGuardFeature
                    """)),
            Map.entry("tokenguard-testkit", names("""
                    CannedAnswer CompactToken DpopClient DpopProofBuilder EndpointBehaviour Fault RecordedRequest
                    TestAlgorithm TestCertificate TestClient TestClock TestEncryption TestEndpoint
                    TestIntrospection TestIssuer TestIssuerBuilder TestIssuerExtension TestJson TestKey TokenBuilder
                    TokenShape
                    """)),
            Map.entry("integrations/tokenguard-spring-boot-starter", names("""
                    Authenticated RequiresAuthentication RequiresFreshAnswer RequiresPolicy RequiresProof
                    RequiresRoles RequiresScopes TokenClaim TokenGuardAutoConfiguration TokenGuardCustomizer
                    """)),
            Map.entry("integrations/tokenguard-spring-boot-starter-test", names("""
                    MockAccessToken WithTestIssuer
                    """)),
            Map.entry("integrations/tokenguard-shared-store", Set.of()),
            Map.entry("integrations/tokenguard-redis", names("""
                    RedisAddress RedisState RedisStateProvider
                    """)),
            Map.entry("integrations/tokenguard-jdbc", names("""
                    JdbcSettings JdbcState JdbcStateProvider JdbcWrites
                    """)),
            Map.entry("integrations/tokenguard-micrometer", names("""
                    TokenGuardMetrics TokenGuardObservations
                    """)),
            Map.entry("integrations/tokenguard-console", names("""
                    ConsoleProvider
                    """)),
            Map.entry("integrations/tokenguard-gateway", names("""
                    BucketLimiterProvider
                    """)),
            Map.entry("integrations/tokenguard-downstream", names("""
                    Caller RelayClientFilter RelayException RelayHttpClient RelayInterceptor TokenRelay
                    """)),
            Map.entry("integrations/tokenguard-state-h2", names("""
                    FolderStateProvider
                    """)));

    private static Set<String> names(String lines) {
        return new TreeSet<>(Set.of(lines.strip().split("\\s+")));
    }

    static Stream<String> modules() {
        return TYPES.keySet().stream().sorted();
    }

    private static Set<String> publicTypes(Path module) throws IOException {
        Path sources = module.resolve(Path.of("src", "main", "java"));
        Set<String> types = new TreeSet<>();
        Matcher exports = EXPORT.matcher(Files.readString(sources.resolve("module-info.java")));
        while (exports.find()) {
            try (Stream<Path> files =
                    Files.list(sources.resolve(exports.group(1).replace('.', '/')))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    PUBLIC_TYPE.matcher(Files.readString(file)).results().forEach(type -> types.add(type.group(1)));
                }
            }
        }
        return types;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void areTheListedOnes(String module) throws IOException {
        assertThat(publicTypes(ROOT.resolve(module))).isEqualTo(TYPES.get(module));
    }

    @Test
    void areFewEnoughInCoreToReadInOneSitting() {
        assertThat(TYPES.get("tokenguard-core")).hasSizeLessThanOrEqualTo(MOST_IN_CORE);
    }

    @Test
    void areListedForEachPublishedModule() throws IOException {
        Set<String> modules = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            files.filter(file -> file.endsWith("pom.xml"))
                    .map(file -> ROOT.relativize(file.getParent()))
                    .filter(module -> Files.exists(ROOT.resolve(module).resolve("src/main/java/module-info.java")))
                    .forEach(module -> modules.add(module.toString()));
        }
        assertThat(modules).isEqualTo(TYPES.keySet());
    }
}
