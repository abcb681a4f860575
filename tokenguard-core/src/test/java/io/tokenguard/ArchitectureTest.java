package io.tokenguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import java.util.Map;

/** Holds the architecture: which package may use which, where jose4j is used, and how nothing is named. */
@ArchTag("sources")
@AnalyzeClasses(packages = "io.tokenguard", importOptions = ArchitectureTest.CoreOnly.class)
class ArchitectureTest {
    private static final String FRONT = "io.tokenguard";
    private static final String ACCESS = "io.tokenguard.access";
    private static final String CONFIG = "io.tokenguard.config";
    private static final String SPI = "io.tokenguard.spi";
    private static final String ASSEMBLY = "io.tokenguard.internal.assembly";
    private static final String AUDIT = "io.tokenguard.internal.audit";
    private static final String BOUNDS = "io.tokenguard.internal.bounds";
    private static final String CLAIM_PATH = "io.tokenguard.internal.claimpath";
    private static final String CLAIMS = "io.tokenguard.internal.claims";
    private static final String INTROSPECTION = "io.tokenguard.internal.introspection";
    private static final String ISSUERS = "io.tokenguard.internal.issuers";
    private static final String JOSE = "io.tokenguard.internal.jose";
    private static final String KEYS = "io.tokenguard.internal.keys";
    private static final String LIMITS = "io.tokenguard.internal.limits";
    private static final String PIPELINE = "io.tokenguard.internal.pipeline";
    private static final String PROPERTIES = "io.tokenguard.internal.properties";
    private static final String REQUEST = "io.tokenguard.internal.request";
    private static final String REVOCATION = "io.tokenguard.internal.revocation";
    private static final String SETTINGS = "io.tokenguard.internal.settings";
    private static final String SIGNATURE = "io.tokenguard.internal.signature";
    private static final String TELEMETRY = "io.tokenguard.internal.telemetry";
    private static final String TOKEN = "io.tokenguard.internal.token";
    private static final String WAITING = "io.tokenguard.internal.waiting";
    private static final String WRITES = "io.tokenguard.internal.writes";
    private static final String CAFFEINE = "com.github.benmanes.caffeine..";
    private static final String SLF4J = "org.slf4j..";

    @ArchTest
    static final ArchRule theFrontPackageHoldsFiveTypes = classes()
            .that()
            .resideInAPackage(FRONT)
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching("io\\.tokenguard\\.(TokenGuard|TokenGuardBuilder|TrustedIssuer|TrustedIssuerBuilder"
                    + "|GuardProperties|package-info)");

    @ArchTest
    static final ArchRule noOtherPackageUsesTheFrontPackage = noClasses()
            .that()
            .resideOutsideOfPackage(FRONT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FRONT);

    @ArchTest
    static final ArchRule onlyTheAssemblyMakesPoliciesOutOfSettings = noClasses()
            .that()
            .resideInAPackage("io.tokenguard.internal..")
            .and()
            .resideOutsideOfPackages(ASSEMBLY, PROPERTIES, SETTINGS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONFIG, SETTINGS, PROPERTIES);

    @ArchTest
    static final ArchRule onlyTheFrontPackageUsesTheAssembly = noClasses()
            .that()
            .resideOutsideOfPackages(FRONT, ASSEMBLY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ASSEMBLY);

    /** The notation of a claim's place, which rules, limits and settings share. */
    @ArchTest
    static final ArchRule claimPathUsesTheJdkOnly = uses(CLAIM_PATH);

    @ArchTest
    static final ArchRule accessUsesThePathsOfClaims = uses(ACCESS, CLAIM_PATH);

    @ArchTest
    static final ArchRule spiUsesAccess = uses(SPI, ACCESS);

    @ArchTest
    static final ArchRule boundsUseAccess = uses(BOUNDS, ACCESS);

    @ArchTest
    static final ArchRule configUsesTheApiTypes = uses(CONFIG, ACCESS, SPI, BOUNDS, "javax.net.ssl..");

    @ArchTest
    static final ArchRule settingsUseTheApiTypes =
            uses(SETTINGS, CONFIG, ACCESS, SPI, BOUNDS, LIMITS, WRITES, "javax.crypto..");

    /** A private key in a file is read as any other JWK. */
    @ArchTest
    static final ArchRule propertiesUseSettingsAndReadKeys =
            uses(PROPERTIES, SETTINGS, CONFIG, ACCESS, SPI, BOUNDS, LIMITS, WRITES, JOSE, "javax.net.ssl..");

    @ArchTest
    static final ArchRule joseUsesAccessAndSpi =
            uses(JOSE, ACCESS, SPI, TELEMETRY, "org.jose4j..", "org.conscrypt..", "javax.crypto..", CAFFEINE);

    @ArchTest
    static final ArchRule telemetryUsesAccess = uses(TELEMETRY, ACCESS, "jdk.jfr..");

    @ArchTest
    static final ArchRule requestUsesAccessAndItsRules = uses(REQUEST, ACCESS, LIMITS, WRITES, "javax.crypto..");

    @ArchTest
    static final ArchRule limitsUseTheApiTypesAndBounds = uses(LIMITS, ACCESS, SPI, BOUNDS, CLAIM_PATH);

    @ArchTest
    static final ArchRule writesUseAccessAndBounds = uses(WRITES, ACCESS, SPI, BOUNDS, AUDIT, SLF4J);

    @ArchTest
    static final ArchRule tokenUsesJose = uses(TOKEN, ACCESS, SPI, JOSE);

    @ArchTest
    static final ArchRule keysUseJose =
            uses(KEYS, ACCESS, SPI, JOSE, AUDIT, WAITING, SLF4J, CAFFEINE, "javax.net.ssl..");

    @ArchTest
    static final ArchRule cacheUsesCaffeineOnly = uses("io.tokenguard.internal.cache", CAFFEINE);

    @ArchTest
    static final ArchRule signatureUsesJoseAndToken = uses(SIGNATURE, ACCESS, SPI, JOSE, TOKEN);

    @ArchTest
    static final ArchRule introspectionUsesWhatFetchesAndWhatReadsClaims =
            uses(INTROSPECTION, ACCESS, SPI, JOSE, TOKEN, KEYS, CLAIMS, TELEMETRY, WAITING, SLF4J, CAFFEINE);

    @ArchTest
    static final ArchRule claimsUseToken = uses(CLAIMS, ACCESS, SPI, JOSE, TOKEN, CLAIM_PATH, SLF4J);

    @ArchTest
    static final ArchRule issuersUseWhatVerifiesTokens =
            uses(ISSUERS, ACCESS, SPI, JOSE, TOKEN, KEYS, SIGNATURE, CLAIMS, REVOCATION, WAITING, CAFFEINE);

    /** They read tokens that an issuer signed, with the types of claims. */
    @ArchTest
    static final ArchRule feedsUseTokenAndClaims =
            uses("io.tokenguard.internal.feeds", ACCESS, JOSE, TOKEN, SPI, CLAIMS, CAFFEINE);

    /** Lists are fetched as keys are, and have claims of their own. */
    @ArchTest
    static final ArchRule statusUsesKeysTokenAndClaims = uses(
            "io.tokenguard.internal.status", ACCESS, SPI, JOSE, AUDIT, TOKEN, KEYS, CLAIMS, WAITING, SLF4J, CAFFEINE);

    @ArchTest
    static final ArchRule possessionUsesJoseAndRequest = uses(
            "io.tokenguard.internal.possession",
            ACCESS,
            SPI,
            JOSE,
            AUDIT,
            REQUEST,
            WAITING,
            "javax.crypto..",
            CAFFEINE,
            SLF4J);

    @ArchTest
    static final ArchRule revocationUsesAccessAndSpi = uses(REVOCATION, ACCESS, SPI, JOSE, AUDIT, CAFFEINE, SLF4J);

    @ArchTest
    static final ArchRule theftUsesAccess = uses("io.tokenguard.internal.theft", ACCESS, REQUEST, CAFFEINE);

    @ArchTest
    static final ArchRule authorizationUsesAccessAndRequest =
            uses("io.tokenguard.internal.authorization", ACCESS, REQUEST, SLF4J);

    @ArchTest
    static final ArchRule responseUsesAccess = uses("io.tokenguard.internal.response", ACCESS);

    @ArchTest
    static final ArchRule auditUsesAccessAndSpi = uses(AUDIT, ACCESS, SPI, SLF4J, "javax.crypto..");

    @ArchTest
    static final ArchRule noPackageLiesOnACycle =
            slices().matching("io.tokenguard.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyJoseUsesJose4j = noClasses()
            .that()
            .resideOutsideOfPackage(JOSE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jose4j..");

    @ArchTest
    static final ArchRule onlySignatureVerifiesClaims = noClasses()
            .that()
            .resideOutsideOfPackage(SIGNATURE)
            .should()
            .callMethod(
                    "io.tokenguard.internal.token.UnverifiedToken", "verifiedBy", "io.tokenguard.spi.VerificationKey");

    /** An introspection answer takes the place of a signature. */
    @ArchTest
    static final ArchRule onlyAnAnswerMakesVerifiedClaimsWithoutASignature = noClasses()
            .that()
            .resideOutsideOfPackages(TOKEN, INTROSPECTION, PIPELINE)
            .should()
            .callConstructor(VerifiedClaims.class, Map.class, VerificationKey.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = classes()
            .should()
            .haveNameNotMatching(".*(Impl|Utils?|Helpers?|Manager|Context|Info|Abstract[A-Za-z]*)")
            .andShould()
            .haveNameNotMatching(".*\\.(Default|Abstract)[A-Z][A-Za-z]*");

    @ArchTest
    static final ArchRule nothingIsSerializableButExceptionsAndConstants = noClasses()
            .that()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotAssignableTo(Enum.class)
            .and()
            .areNotAssignableTo(java.security.PublicKey.class) // which the platform declares serializable
            .should()
            .beAssignableTo(java.io.Serializable.class);

    /** A thread belongs to one request now and to another one later: what it keeps would be somebody else's (CWE-488). */
    @ArchTest
    static final ArchRule nothingIsKeptByAThread =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    /**
     * What strangers write meets no regular expression (CWE-1333). Those that there are read settings, the peer's address
     * and the host of a key set; and {@code Route} splits rules.
     */
    @ArchTest
    static final ArchRule noRegularExpressionReadsWhatStrangersWrite = noClasses()
            .that()
            .resideInAPackage("io.tokenguard.internal..")
            .and()
            .resideOutsideOfPackages(BOUNDS, PROPERTIES)
            .and()
            .doNotHaveSimpleName("IssuerTemplate")
            .and()
            .doNotHaveSimpleName("TransportCheck")
            .and()
            .doNotHaveSimpleName("AddressPolicy")
            .and()
            .doNotHaveSimpleName("IssuerAddress")
            .and()
            .doNotHaveSimpleName("LimitReader")
            .and()
            .doNotHaveSimpleName("CookieSettings")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex")
            .orShould()
            .callMethod(String.class, "matches", String.class)
            .orShould()
            .callMethod(String.class, "replaceAll", String.class, String.class)
            .orShould()
            .callMethod(String.class, "replaceFirst", String.class, String.class)
            .orShould()
            .callMethod(String.class, "split", String.class);

    /** Neither tests nor what only tests use. */
    static final class CoreOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location)
                    && !location.contains("tokenguard-testkit")
                    && !location.contains("tokenguard-attacks")
                    && !location.contains("/test/");
        }
    }

    /** A package may use itself, the JDK, the annotations of nullness, and what is listed. */
    private static ArchRule uses(String user, String... used) {
        String[] allowed = new String[used.length + 3];
        System.arraycopy(used, 0, allowed, 3, used.length);
        allowed[0] = user;
        allowed[1] = "java..";
        allowed[2] = "org.jspecify..";
        return classes()
                .that()
                .resideInAPackage(user)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
