package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a published module brings into an application: nothing that a framework could find and use unasked. */
class PublishedDependenciesTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String BROUGHT = "/project/dependencies/dependency[not(scope='test') and not(scope='provided')"
            + " and not(optional='true')]/artifactId";

    private static final Map<String, Set<String>> DEPENDENCIES = Map.ofEntries(
            Map.entry("tokenguard-core", Set.of("jose4j", "caffeine", "slf4j-api")),
            Map.entry("tokenguard-servlet", Set.of("tokenguard-core", "slf4j-api")),
            Map.entry("tokenguard-jaxrs", Set.of("tokenguard-core", "slf4j-api")),
            Map.entry("tokenguard-testkit", Set.of("jose4j")),
            Map.entry("integrations/tokenguard-shared-store", Set.of("tokenguard-core", "slf4j-api")),
            Map.entry(
                    "integrations/tokenguard-redis",
                    Set.of("tokenguard-core", "tokenguard-shared-store", "lettuce-core", "slf4j-api")),
            Map.entry(
                    "integrations/tokenguard-jdbc", Set.of("tokenguard-core", "tokenguard-shared-store", "slf4j-api")),
            Map.entry(
                    "integrations/tokenguard-state-h2",
                    Set.of("tokenguard-core", "tokenguard-jdbc", "h2", "slf4j-api")),
            Map.entry("integrations/tokenguard-micrometer", Set.of("tokenguard-core", "micrometer-core")),
            Map.entry(
                    "integrations/tokenguard-spring-boot-starter",
                    Set.of("tokenguard-core", "tokenguard-servlet", "slf4j-api")),
            Map.entry(
                    "integrations/tokenguard-spring-boot-starter-test",
                    Set.of("tokenguard-spring-boot-starter", "tokenguard-testkit")),
            Map.entry(
                    "integrations/tokenguard-gateway",
                    Set.of("tokenguard-core", "bucket4j_jdk17-core", "caffeine", "slf4j-api")),
            Map.entry("integrations/tokenguard-downstream", Set.of("tokenguard-core", "caffeine")),
            Map.entry("integrations/tokenguard-console", Set.of("tokenguard-core", "slf4j-api")));

    static Stream<String> modules() {
        return DEPENDENCIES.keySet().stream().sorted();
    }

    private static Set<String> brought(String module) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
        XPath path = XPathFactory.newInstance().newXPath();
        NodeList names = (NodeList) path.evaluate(BROUGHT, pom, XPathConstants.NODESET);
        Set<String> found = new TreeSet<>();
        IntStream.range(0, names.getLength())
                .forEach(i -> found.add(names.item(i).getTextContent()));
        return found;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void areTheListedOnes(String module) throws Exception {
        assertThat(brought(module)).isEqualTo(new TreeSet<>(DEPENDENCIES.get(module)));
    }

    /** Spring Boot makes a data source of H2 where it finds it. */
    @Test
    void includeADatabaseOnlyInTheModuleForAFolder() {
        assertThat(DEPENDENCIES)
                .allSatisfy((module, brought) ->
                        assertThat(brought.contains("h2")).isEqualTo(module.endsWith("tokenguard-state-h2")));
    }

    @Test
    void areListedForEachPublishedModule() {
        assertThat(modules())
                .containsExactlyInAnyOrderElementsOf(PublicTypesTest.modules().toList());
    }
}
