package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7519 §2: a number of seconds, with or without a fraction. */
class NumericDateTest {
    private static OptionalLong read(String json) throws MalformedException {
        byte[] text = ("{\"iat\":" + json + "}").getBytes(StandardCharsets.US_ASCII);
        return NumericDate.seconds(
                JsonReader.readObject(text, JsonLimits.CLAIMS).get("iat"));
    }

    @ParameterizedTest
    @CsvSource({
        "1795294105,1795294105",
        "1795294105.0,1795294105",
        "1795294105.999,1795294105",
        "1.795294105e9,1795294105",
        "1795294105.1234567891,1795294105",
        "-0.5,-1",
        "1e300,253402300799",
        "-1e300,-253402300799",
        "1e-300,0",
        "9223372036854775807,253402300799"
    })
    void isRoundedDownAndCutToTheYear9999(String json, long seconds) throws Exception {
        assertThat(read(json)).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1795294105\"", "true", "null", "[1795294105]", "{}", "1795294105.12345678901", "1e309"})
    void isANumberOnly(String json) throws Exception {
        assertThat(read(json)).isEmpty();
    }

    static List<Object> numbers() {
        return List.of(7L, new BigDecimal("7.9"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void isReadFromEveryTypeThatTheReaderMakesOfNumbers(Object number) {
        assertThat(NumericDate.seconds(number)).hasValue(7);
    }
}
