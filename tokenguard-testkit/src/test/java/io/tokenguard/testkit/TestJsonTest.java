package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TestJsonTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("text", "\"text\""),
                Arguments.of("", "\"\""),
                Arguments.of("\"\\/", "\"\\\"\\\\/\""),
                Arguments.of("\u0000\n\u001f", "\"\\u0000\\u000a\\u001f\""),
                Arguments.of("é\u2028", "\"é\u2028\""),
                Arguments.of("\ud83d\ude00", "\"\\ud83d\\ude00\""),
                Arguments.of("\ud800", "\"\\ud800\""),
                Arguments.of(true, "true"),
                Arguments.of(1, "1"),
                Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(1795294105.5, "1.7952941055E9"),
                Arguments.of(new BigDecimal("1e400"), "1E+400"),
                Arguments.of(List.of(), "[]"),
                Arguments.of(Arrays.asList(1, null, "a"), "[1,null,\"a\"]"),
                Arguments.of(new String[] {"a", "b"}, "[\"a\",\"b\"]"),
                Arguments.of(Map.of(), "{}"),
                Arguments.of(Map.of("jkt", List.of(Map.of("a", 1))), "{\"jkt\":[{\"a\":1}]}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesEachKindOfValue(Object value, String json) {
        assertThat(TestJson.write(Map.of("v", value))).isEqualTo("{\"v\":" + json + "}");
    }

    @Test
    void writesNull() {
        assertThat(TestJson.write(Collections.singletonMap("v", null))).isEqualTo("{\"v\":null}");
    }

    @Test
    void keepsTheOrderOfTheMap() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("z", 1);
        members.put("a", 2);
        members.put("m", 3);

        assertThat(TestJson.write(members)).isEqualTo("{\"z\":1,\"a\":2,\"m\":3}");
    }

    @Test
    void isReadBackByAnotherParser() throws Exception {
        Map<String, Object> members = Map.of("a", "\"\\\u0001é😀", "b", List.of(1L, Map.of("c", false)));

        assertThat(JsonUtil.parseJson(TestJson.write(members))).isEqualTo(members);
    }

    static Stream<Object> valuesWithoutForm() {
        return Stream.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Instant.EPOCH,
                'c',
                Map.of(1, "x"),
                new int[1]);
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutForm")
    void refusesWhatJsonCannotSay(Object value) {
        assertThatThrownBy(() -> TestJson.write(Map.of("v", value))).isInstanceOf(IllegalArgumentException.class);
    }
}
