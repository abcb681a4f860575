package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles or runs every block of code in the papers. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");
    private static final Pattern PARAMETER =
            Pattern.compile("<param-name>([^<]+)</param-name>\\s*<param-value>([^<]+)</param-value>", Pattern.DOTALL);

    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern NAMED_ROWS = Pattern.compile("rows? ([A-Z]\\d+(?:, [A-Z]\\d+)*)");

    /** A method, a class or a display name that begins with the number of a row of some list. */
    private static final Pattern NUMBERED_TEST =
            Pattern.compile("void [a-z]\\d+[A-Z]|class Stage[A-Z]|class [A-Z]\\d+[A-Z]|DisplayName\\(\"[A-Z]\\d+\\b");

    /**
     * One block of code.
     *
     * @param page where it stands
     * @param language what it is written in
     * @param code the block
     */
    record Block(String page, String language, String code) {
        @Override
        public String toString() {
            return page + ": " + language;
        }
    }

    private static Stream<Block> blocks(String language) throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                    Stream.of(ROOT.resolve("README.md")),
                    pages.toList().stream().sorted())
                    .flatMap(DocumentationTest::blocksOf)
                    .filter(block -> block.language.equals(language))
                    .toList()
                    .stream();
        }
    }

    private static Stream<Block> blocksOf(Path page) {
        try {
            List<MatchResult> matches =
                    BLOCK.matcher(Files.readString(page)).results().toList();
            return matches.stream()
                    .map(match -> new Block(page.getFileName().toString(), match.group(1), match.group(2)));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    static Stream<Block> javaBlocks() throws IOException {
        return blocks("java");
    }

    static Stream<Block> propertiesBlocks() throws IOException {
        return blocks("properties");
    }

    @Test
    void everyBlockIsOfAKindThatIsChecked() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            Set<String> known = Set.of("java", "properties", "xml", "shell", "sql");
            assertThat(Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                            .flatMap(DocumentationTest::blocksOf))
                    .isNotEmpty()
                    .allMatch(block -> known.contains(block.language));
        }
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaCompiles(Block block, @TempDir Path classes) {
        var name = CLASS_NAME.matcher(block.code);
        assertThat(name.find()).isTrue();
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return block.code;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        compiler.getTask(null, null, problems, options, null, List.of(source)).call();
        assertThat(problems.getDiagnostics())
                .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("propertiesBlocks")
    void propertiesBuildAGuard(Block block) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block.code));
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        GuardProperties.of(settings).toBuilder().build().close();
    }

    @Test
    void theInitParametersOfTheDeploymentDescriptorBuildAGuard() throws IOException {
        List<Block> descriptors =
                blocks("xml").filter(block -> block.code.contains("<filter>")).toList();
        assertThat(descriptors).isNotEmpty();
        for (Block descriptor : descriptors) {
            Map<String, String> settings = new HashMap<>();
            PARAMETER.matcher(descriptor.code).results().forEach(match -> settings.put(match.group(1), match.group(2)));
            GuardProperties.of(settings).toBuilder().build().close();
        }
    }

    @Test
    void theTestCommandOfTheReadmeIsTheOneThatContinuousIntegrationRuns() throws IOException {
        assertThat(blocks("shell").map(Block::code).map(String::strip)).contains("mvn verify");
        assertThat(Files.readString(ROOT.resolve(".ci").resolve("run"))).contains("\nmaven verify\n");
    }

    /** The first command of a pipeline of the README, up to {@code &&}, stands in the script word for word. */
    @Test
    void theQuickstartOfTheReadmeIsBuiltByContinuousIntegration() throws IOException {
        String build = "mvn -q -Dquick package -pl examples/quickstart -am";
        assertThat(blocks("shell").map(Block::code))
                .anyMatch(code -> code.startsWith(build + " && java -jar examples/quickstart/target/quickstart.jar"));
        assertThat(Files.readString(ROOT.resolve(".ci").resolve("run"))).contains("\n" + build + "\n");
    }

    @Test
    void everyTestThatTheSecurityModelNamesExists() throws IOException {
        String register = Files.readString(ROOT.resolve("docs").resolve("security-model.md"));
        List<MatchResult> tests = NAMED_TEST.matcher(register).results().toList();
        assertThat(tests).isNotEmpty();
        for (MatchResult test : tests) {
            assertThat(sourceOf(test.group(1))).as(test.group()).contains("void " + test.group(2) + "(");
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
        assertThat(AttackCatalogue.rows()).extracting(AttackRow::id).containsAll(rows);
    }

    @Test
    void testsAreNamedByWhatTheyHoldAndNotByNumbers() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> tests = files.filter(file -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))
                    .toList();
            assertThat(tests).isNotEmpty();
            for (Path test : tests) {
                assertThat(Files.readString(test)).as(test.toString()).doesNotContainPattern(NUMBERED_TEST);
            }
        }
    }

    private static String sourceOf(String testClass) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            Path source = files.filter(file -> file.endsWith(testClass + ".java"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(source);
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
    }
}
