package io.tokenguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import java.util.Map;

/** Holds the house plan: which room may know which, where jose4j may be touched, and how nothing is called. */
@AnalyzeClasses(packages = "io.tokenguard", importOptions = ArchitectureTest.CoreOnly.class)
class ArchitectureTest {
    private static final String ACCESS = "io.tokenguard.access";
    private static final String FRONT = "io.tokenguard";
    private static final String CONFIG = "io.tokenguard.config";
    private static final String BOUNDS = "io.tokenguard.internal.bounds";
    private static final String ASSEMBLY = "io.tokenguard.internal.assembly";
    private static final String SPI = "io.tokenguard.spi";
    private static final String JOSE = "io.tokenguard.internal.jose";
    private static final String TOKEN = "io.tokenguard.internal.token";
    private static final String REQUEST = "io.tokenguard.internal.request";

    @ArchTest
    static final ArchRule theWordsKnowTheJdkOnly = room(ACCESS);

    @ArchTest
    static final ArchRule theSocketsKnowTheWords = room(SPI, ACCESS);

    @ArchTest
    static final ArchRule boundsUseTheApiTypes = room(BOUNDS, ACCESS);

    @ArchTest
    static final ArchRule settingsThatUsersWriteUseTheApiTypes = room(CONFIG, ACCESS, SPI, BOUNDS, "javax.net.ssl..");

    @ArchTest
    static final ArchRule onlyTheAssemblyMakesPoliciesOutOfSettings = noClasses()
            .that()
            .resideInAPackage("io.tokenguard.internal..")
            .and()
            .resideOutsideOfPackages(ASSEMBLY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONFIG);

    @ArchTest
    static final ArchRule noInternalPackageUsesTheFrontPackage = noClasses()
            .that()
            .resideOutsideOfPackage(FRONT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FRONT);

    @ArchTest
    static final ArchRule joseKnowsWordsAndSockets =
            room(JOSE, ACCESS, SPI, "org.jose4j..", "org.conscrypt..", "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule requestKnowsTheWords = room(REQUEST, ACCESS);

    @ArchTest
    static final ArchRule tokenKnowsJose = room(TOKEN, ACCESS, SPI, JOSE);

    @ArchTest
    static final ArchRule keysKnowJose = room(
            "io.tokenguard.internal.keys",
            ACCESS,
            SPI,
            JOSE,
            "org.slf4j..",
            "com.github.benmanes.caffeine..",
            "javax.net.ssl..");

    @ArchTest
    static final ArchRule reuseKnowsNobody = room("io.tokenguard.internal.cache", "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule signatureKnowsJoseAndToken =
            room("io.tokenguard.internal.signature", ACCESS, SPI, JOSE, TOKEN);

    @ArchTest
    static final ArchRule introspectionKnowsWhatFetchesAndWhatReadsTokens = room(
            "io.tokenguard.internal.introspection",
            ACCESS,
            SPI,
            JOSE,
            TOKEN,
            "io.tokenguard.internal.keys",
            "io.tokenguard.internal.signature",
            "org.slf4j..",
            "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule claimsKnowTheToken = room("io.tokenguard.internal.claims", ACCESS, SPI, TOKEN);

    /** They read tokens that an issuer vouches for, by the claims' own types. */
    @ArchTest
    static final ArchRule feedsKnowTokenAndClaims = room(
            "io.tokenguard.internal.feeds",
            ACCESS,
            JOSE,
            TOKEN,
            "io.tokenguard.spi",
            "io.tokenguard.internal.claims",
            "com.github.benmanes.caffeine..");

    /** Lists are fetched as keys are, and hold claims of their own. */
    @ArchTest
    static final ArchRule statusKnowsKeysTokenAndClaims = room(
            "io.tokenguard.internal.status",
            ACCESS,
            SPI,
            JOSE,
            TOKEN,
            "io.tokenguard.internal.keys",
            "io.tokenguard.internal.claims",
            "org.slf4j..",
            "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule possessionKnowsJoseAndTheRequest = room(
            "io.tokenguard.internal.possession",
            ACCESS,
            SPI,
            JOSE,
            REQUEST,
            "javax.crypto..",
            "org.slf4j..",
            "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule revocationKnowsWordsAndSockets = room(
            "io.tokenguard.internal.revocation", ACCESS, SPI, JOSE, "com.github.benmanes.caffeine..", "org.slf4j..");

    @ArchTest
    static final ArchRule suspicionKnowsTheWords =
            room("io.tokenguard.internal.theft", ACCESS, "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule authorizationKnowsTheWords = room("io.tokenguard.internal.authorization", ACCESS);

    @ArchTest
    static final ArchRule responseKnowsTheWords = room("io.tokenguard.internal.response", ACCESS);

    @ArchTest
    static final ArchRule auditKnowsWordsAndSockets = room("io.tokenguard.internal.audit", ACCESS, SPI, "org.slf4j..");

    @ArchTest
    static final ArchRule noPackageLiesOnACycle =
            slices().matching("io.tokenguard.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule joseIsTheOnlyRoomThatTouchesJose4j = noClasses()
            .that()
            .resideOutsideOfPackage(JOSE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jose4j..");

    @ArchTest
    static final ArchRule onlyTheSignatureRoomLetsClaimsBeVouched = noClasses()
            .that()
            .resideOutsideOfPackage("io.tokenguard.internal.signature")
            .should()
            .callMethod(
                    "io.tokenguard.internal.token.UnverifiedToken", "vouchedBy", "io.tokenguard.spi.VerificationKey");

    /** Whoever else makes such claims vouches for them. */
    @ArchTest
    static final ArchRule onlyAnAnswerVouchesForClaimsInThePlaceOfASignature = noClasses()
            .that()
            .resideOutsideOfPackages(TOKEN, "io.tokenguard.internal.introspection", "io.tokenguard")
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
            .resideOutsideOfPackages(BOUNDS, ASSEMBLY)
            .and()
            .doNotHaveSimpleName("TransportCheck")
            .and()
            .doNotHaveSimpleName("AddressPolicy")
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
                    && !location.contains("/test/")
                    && !location.contains("tokenguard-testkit")
                    && !location.contains("tokenguard-attacks");
        }
    }

    /** A room may know itself, the JDK, the annotations of nullness, and what is named. */
    private static ArchRule room(String room, String... known) {
        String[] allowed = new String[known.length + 3];
        System.arraycopy(known, 0, allowed, 3, known.length);
        allowed[0] = room;
        allowed[1] = "java..";
        allowed[2] = "org.jspecify..";
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
