package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests may show tokens that nobody has signed; what runs in production can't be switched to accept them. */
class UnsignedTokenTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern SWITCH = Pattern.compile("\"name\":\"([^\"]+)\",\"type\":\"java.lang.Boolean\"");

    /** Of the guard; the starter's own are decided about by its code alone. */
    private static List<String> switches() throws Exception {
        Path metadata = ROOT.resolve("tokenguard-core/src/main/resources/META-INF/spring-configuration-metadata.json");
        return SWITCH.matcher(Files.readString(metadata))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void noSwitchMakesTheGuardAcceptThem() throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            Map<String, String> base =
                    Map.of("tokenguard.issuer-uri", issuer.issuer(), "tokenguard.audiences", "https://api.example.com");
            String unsigned = issuer.token().unsigned("none");
            int built = 0;
            for (String name : switches()) {
                try (TokenGuard guard = GuardProperties.of(Map.of(name, "true")).withDefaults(base).toBuilder()
                        .build()) {
                    assertThatExceptionOfType(RefusedException.class)
                            .as(name)
                            .isThrownBy(() -> guard.validate(unsigned));
                    built++;
                } catch (ConfigurationException needsMore) {
                    assertThat(needsMore.getMessage()).as(name).isNotEmpty();
                }
            }
            assertThat(built).isGreaterThan(5);
        }
    }

    @Test
    void noClassThatIsPublishedForProductionMakesATokenOrUsesATest() throws Exception {
        for (String module : List.of("tokenguard-servlet", "integrations/tokenguard-spring-boot-starter")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
                List<Path> files = sources.filter(Files::isRegularFile).toList();
                assertThat(files).isNotEmpty();
                for (Path file : files) {
                    assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContain("AccessToken.builder(")
                            .doesNotContain("AccessToken.Builder")
                            .doesNotContain("MockHttp")
                            .doesNotContain("springframework.test")
                            .doesNotContain("io.tokenguard.testkit");
                }
            }
        }
    }
}
