package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import io.tokenguard.examples.quickstart.DocumentedCode.Block;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles or runs every block of code in the papers. */
class DocumentationTest {
    private static final Path ROOT = DocumentedCode.ROOT;
    private static final Pattern PARAMETER =
            Pattern.compile("<param-name>([^<]+)</param-name>\\s*<param-value>([^<]+)</param-value>", Pattern.DOTALL);

    /** Pages whose code is that of other modules, file by file. */
    private static final Set<String> BUILT_BY_OTHERS =
            Set.of("spring-boot.md", "migrating.md", "event-loops.md", "frameworks.md", "websocket.md");

    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern NAMED_ROWS = Pattern.compile("rows? ([A-Z]\\d+(?:, [A-Z]\\d+)*)");

    /** A method, a class or a display name that begins with the number of a row of some list. */
    private static final Pattern NUMBERED_TEST =
            Pattern.compile("void [a-z]\\d+[A-Z]|class Stage[A-Z]|class [A-Z]\\d+[A-Z]|DisplayName\\(\"[A-Z]\\d+\\b");

    static Stream<String> pagesWithJava() throws IOException {
        return DocumentedCode.blocks("java")
                .map(Block::page)
                .filter(page -> !BUILT_BY_OTHERS.contains(page))
                .distinct();
    }

    static Stream<Block> propertiesBlocks() throws IOException {
        return DocumentedCode.blocks("properties");
    }

    @Test
    void everyBlockIsOfAKindThatIsChecked() throws IOException {
        Set<String> known = Set.of("java", "properties", "xml", "shell", "sql", "text");
        assertThat(DocumentedCode.pages().stream().flatMap(DocumentedCode::blocksOf))
                .isNotEmpty()
                .allMatch(block -> known.contains(block.language()));
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void javaCompiles(String page, @TempDir Path classes) throws IOException {
        assertThat(DocumentedCode.problems(
                        DocumentedCode.blocks("java")
                                .filter(block -> block.page().equals(page)),
                        classes))
                .isEmpty();
    }

    @Test
    void theRecipeForQuarkusIsTheOneThatIsBuiltAndCalled() throws IOException {
        assertThat(DocumentedCode.blocks("java").filter(block -> block.page().equals("jaxrs.md")))
                .extracting(Block::code)
                .contains(built("verification/tokenguard-quarkus/src/main/java/io/tokenguard/quarkus/Guarding.java"));
    }

    @Test
    void theCodeForSpringIsThatWhichIsBuiltAndCalled() throws IOException {
        assertThat(DocumentedCode.blocks("java").filter(block -> block.page().equals("spring-boot.md")))
                .extracting(Block::code)
                .containsExactly(
                        built(
                                "integrations/tokenguard-spring-boot-starter/src/test/java/io/tokenguard/shop/OrdersApplication.java"),
                        built(
                                "verification/tokenguard-spring-security/src/test/java/io/tokenguard/springsecurity/OwnChain.java"),
                        built(
                                "integrations/tokenguard-spring-boot-starter-test/src/test/boot3/io/tokenguard/springtest/OrdersTest.java"));
    }

    @Test
    void theCodeForMigratingIsThatWhichIsCompiled() throws IOException {
        List<String> compiled = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("verification/tokenguard-migrating/src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                compiled.add(built(ROOT.relativize(file).toString()));
            }
        }
        assertThat(DocumentedCode.blocks("java").filter(block -> block.page().equals("migrating.md")))
                .extracting(Block::code)
                .containsExactlyInAnyOrderElementsOf(compiled);
    }

    @Test
    void theCodeForEventLoopsIsThatWhichIsCalled() throws IOException {
        assertThat(DocumentedCode.blocks("java").filter(block -> block.page().equals("event-loops.md")))
                .extracting(Block::code)
                .containsExactly(built(
                        "verification/tokenguard-event-loops/src/main/java/io/tokenguard/eventloops/GuardedApi.java"));
    }

    @Test
    void theCodeForWebSocketIsThatWhichIsCalled() throws IOException {
        String folder = "verification/tokenguard-websocket/src/test/java/io/tokenguard/websocket/";
        assertThat(DocumentedCode.blocks("java").filter(block -> block.page().equals("websocket.md")))
                .extracting(Block::code)
                .containsExactly(built(folder + "OrderFeed.java"), built(folder + "LateOrderFeed.java"));
    }

    @Test
    void theCodeForFrameworksIsThatWhichIsCalled() throws IOException {
        assertThat(DocumentedCode.blocks("java").filter(block -> block.page().equals("frameworks.md")))
                .extracting(Block::code)
                .containsExactly(
                        built("verification/tokenguard-dropwizard/src/main/java/io/tokenguard/dropwizard/Shop.java"),
                        built("verification/tokenguard-micronaut/src/main/java/io/tokenguard/micronaut/Guarding.java"));
    }

    private static String built(String source) throws IOException {
        String code = Files.readString(ROOT.resolve(source));
        return code.substring(code.indexOf("import "));
    }

    /** Files of secrets are those of the reader; here is one of each. */
    @ParameterizedTest
    @MethodSource("propertiesBlocks")
    void propertiesBuildAGuard(Block block, @TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s".repeat(64));
        Properties properties = new Properties();
        properties.load(new StringReader(block.code()));
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        settings.computeIfPresent("tokenguard.hmac-secret-file", (key, file) -> secret.toString());
        Path list = Files.writeString(folder.resolve("list"), "198.51.100.0/24 # a network\n");
        settings.computeIfPresent("tokenguard.lists.blocked.file", (key, file) -> list.toString());
        GuardProperties.of(settings).toBuilder().build().close();
    }

    @Test
    void theInitParametersOfTheDeploymentDescriptorBuildAGuard() throws IOException {
        List<Block> descriptors = DocumentedCode.blocks("xml")
                .filter(block -> block.code().contains("<filter>"))
                .toList();
        assertThat(descriptors).isNotEmpty();
        for (Block descriptor : descriptors) {
            Map<String, String> settings = new HashMap<>();
            PARAMETER
                    .matcher(descriptor.code())
                    .results()
                    .forEach(match -> settings.put(match.group(1), match.group(2)));
            GuardProperties.of(settings).toBuilder().build().close();
        }
    }

    @Test
    void theTestCommandOfTheReadmeIsTheOneThatContinuousIntegrationRuns() throws IOException {
        assertThat(DocumentedCode.blocks("shell").map(Block::code).map(String::strip))
                .contains("mvn verify");
        assertThat(Files.readString(ROOT.resolve(".ci").resolve("run"))).contains("\nmaven verify\n");
    }

    /** The first command of a pipeline of the README, up to {@code &&}, stands in the script word for word. */
    @Test
    void theQuickstartOfTheReadmeIsBuiltByContinuousIntegration() throws IOException {
        String build = "mvn -q -Dquick package -pl examples/quickstart -am";
        assertThat(DocumentedCode.blocks("shell").map(Block::code))
                .anyMatch(code -> code.startsWith(build + " && java -jar examples/quickstart/target/quickstart.jar"));
        assertThat(Files.readString(ROOT.resolve(".ci").resolve("run"))).contains("\n" + build + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"security-model.md", "reliability.md"})
    void everyTestThatAPageNamesExists(String page) throws IOException {
        String register = Files.readString(ROOT.resolve("docs").resolve(page));
        List<MatchResult> tests = NAMED_TEST.matcher(register).results().toList();
        assertThat(tests).isNotEmpty();
        Map<String, String> sources = sourcesOfTests();
        for (MatchResult test : tests) {
            assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
                    .as(test.group())
                    .contains("void " + test.group(2) + "(");
        }
    }

    @Test
    void everyRowThatTheSecurityModelNamesIsInTheCatalogue() throws IOException {
        String register = Files.readString(ROOT.resolve("docs").resolve("security-model.md"));
        List<String> rows = NAMED_ROWS
                .matcher(register)
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(", ", -1)))
                .toList();
        assertThat(rows).isNotEmpty();
        assertThat(Stream.of(AttackCatalogue.rows(), AttackCatalogue.rowsOfLimits(), AttackCatalogue.rowsOfWrites())
                        .flatMap(List::stream))
                .extracting(AttackRow::id)
                .containsAll(rows);
    }

    @Test
    void testsAreNamedByWhatTheyHoldAndNotByNumbers() throws IOException {
        Map<String, String> sources = sourcesOfTests();
        assertThat(sources).isNotEmpty();
        sources.forEach((name, source) -> assertThat(source).as(name).doesNotContainPattern(NUMBERED_TEST));
    }

    /** By the names of their files; several modules can have a test of one name. */
    private static Map<String, String> sourcesOfTests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            Map<String, String> sources = new HashMap<>();
            for (Path file : files.filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                    .toList()) {
                sources.merge(file.getFileName().toString(), Files.readString(file), String::concat);
            }
            return sources;
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
    }
}
