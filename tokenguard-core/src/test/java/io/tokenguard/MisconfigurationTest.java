package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes in settings and the exact messages about them, from a file of blocks: settings beside an issuer and an audience
 * (a name after a minus is left out), and the message behind {@code =>}.
 */
class MisconfigurationTest {
    private static final String ARROW = "=> ";

    static Stream<Arguments> mistakes() throws IOException {
        try (InputStream file = MisconfigurationTest.class.getResourceAsStream("misconfigurations.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Arrays.stream(text.split("\n\n", -1)).map(block -> {
                int arrow = block.indexOf(ARROW);
                return Arguments.of(block.substring(0, arrow).strip(), block.substring(arrow + ARROW.length()));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefusedWithThisMessage(String settings, String message) {
        Map<String, String> properties = new HashMap<>();
        properties.put("tokenguard.issuer-uri", "https://issuer.example");
        properties.put("tokenguard.audiences", "api");
        settings.lines().forEach(line -> set(properties, line));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> GuardProperties.of(properties).toBuilder().build().close())
                .withMessage(message);
    }

    private static void set(Map<String, String> properties, String line) {
        int equals = line.indexOf(" =");
        if (line.startsWith("-")) {
            properties.remove("tokenguard." + line.substring(1));
        } else {
            properties.put(
                    "tokenguard." + line.substring(0, equals),
                    line.substring(equals + 2).strip());
        }
    }
}
