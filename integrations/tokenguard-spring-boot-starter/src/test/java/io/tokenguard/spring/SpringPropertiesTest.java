package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Where settings are found. */
class SpringPropertiesTest {
    /** An environment with variables and system properties of its own. */
    private static final class GivenEnvironment extends StandardEnvironment {
        private final Map<String, Object> variables = new HashMap<>();
        private final Map<String, Object> system = new HashMap<>();

        static GivenEnvironment of(
                Map<String, Object> variables, Map<String, Object> system, Map<String, Object> file) {
            GivenEnvironment process = new GivenEnvironment();
            process.variables.putAll(variables);
            process.system.putAll(system);
            process.getPropertySources()
                    .addLast(new MapPropertySource(SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, process.system));
            process.getPropertySources()
                    .addLast(new SystemEnvironmentPropertySource(
                            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, process.variables));
            process.getPropertySources().addLast(new MapPropertySource("file", new HashMap<>(file)));
            return process;
        }

        /** Adds none: they are made first. */
        @Override
        protected void customizePropertySources(MutablePropertySources sources) {}

        @Override
        public Map<String, Object> getSystemEnvironment() {
            return variables;
        }

        @Override
        public Map<String, Object> getSystemProperties() {
            return system;
        }
    }

    private static final Map<String, Object> COMPLETE = Map.of(
            "tokenguard.issuer-uri", "https://issuer.invalid", "tokenguard.audiences", "https://api.example.com");

    private static void build(GivenEnvironment process) {
        try (TokenGuard guard = SpringProperties.read(process).toBuilder().build()) {
            assertThat(guard.health().issuers()).hasSize(1);
        }
    }

    @Test
    void settingsOfTheStarterMayBeEnvironmentVariables() {
        GivenEnvironment process = GivenEnvironment.of(
                Map.of("TOKENGUARD_SPRING_HEALTH", "authenticated", "TOKENGUARD_SPRING_FILTER_ORDER", "-9800"),
                Map.of(),
                COMPLETE);
        build(process);
        assertThat(StarterSettings.read(process)).isEqualTo(new StarterSettings(false, -9800));
    }

    @Test
    void settingsOfTheStarterMayBeSystemProperties() {
        GivenEnvironment process =
                GivenEnvironment.of(Map.of(), Map.of("tokenguard.spring.filter-order", "-9800"), COMPLETE);
        build(process);
        assertThat(StarterSettings.read(process)).isEqualTo(new StarterSettings(true, -9800));
    }

    @Test
    void settingsOfTheGuardMayBeEnvironmentVariables() {
        build(GivenEnvironment.of(
                Map.of(
                        "TOKENGUARD_ISSUER_URI",
                        "https://issuer.invalid",
                        "TOKENGUARD_AUDIENCES",
                        "https://api.example.com"),
                Map.of(),
                Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenguard.spring.helth", "tokenguard.spring.filter"})
    void anUnknownSettingOfTheStarterIsReported(String key) {
        Map<String, Object> file = new HashMap<>(COMPLETE);
        file.put(key, "hidden");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SpringProperties.read(GivenEnvironment.of(Map.of(), Map.of(), file)))
                .withMessageContaining(key)
                .withMessageContaining("tokenguard.spring.health")
                .withMessageNotContaining("hidden");
    }

    @Test
    void anUnknownVariableOfTheStarterIsReported() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SpringProperties.read(
                        GivenEnvironment.of(Map.of("TOKENGUARD_SPRING_HELTH", "x"), Map.of(), COMPLETE)))
                .withMessageContaining("TOKENGUARD_SPRING_HELTH");
    }

    @ParameterizedTest
    @CsvSource({
        "tokenguard.spring.health, open, set public or authenticated",
        "tokenguard.spring.filter-order, first, set a whole number"
    })
    void aWrongValueIsReported(String key, String value, String remedy) {
        Map<String, Object> file = new HashMap<>(COMPLETE);
        file.put(key, value);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> StarterSettings.read(GivenEnvironment.of(Map.of(), Map.of(), file)))
                .withMessageStartingWith(key + " is '" + value + "': " + remedy);
    }

    @Test
    void settingsOfTheStarterAreDocumentedAndCompletedByEditors() throws Exception {
        Path root = Path.of("..", "..");
        String page = Files.readString(root.resolve("docs/spring-boot.md"));
        assertThat(Pattern.compile("(?m)^\\| `(tokenguard\\.spring\\.[a-z-]+)` \\|")
                        .matcher(page)
                        .results())
                .extracting(row -> row.group(1))
                .containsExactlyInAnyOrderElementsOf(StarterSettings.KEYS);
        String metadata = Files.readString(
                root.resolve(
                        "integrations/tokenguard-spring-boot-starter/src/main/resources/META-INF/spring-configuration-metadata.json"));
        assertThat(Pattern.compile("\"name\":\"([^\"]+)\"").matcher(metadata).results())
                .extracting(name -> name.group(1))
                .containsExactlyInAnyOrderElementsOf(StarterSettings.KEYS);
    }
}
