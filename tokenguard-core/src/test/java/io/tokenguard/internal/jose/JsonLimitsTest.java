package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8259 §9: a reader may set limits. Each is tried at its edge and beyond. */
class JsonLimitsTest {
    static Stream<JsonLimits> inUse() {
        return Stream.of(JsonLimits.CLAIMS, JsonLimits.HEADER, JsonLimits.DOCUMENT, new JsonLimits(2, 3, 4, 5, 6));
    }

    private static void assertRead(String json, JsonLimits limits) {
        assertThatCode(() -> JsonReader.readObject(json.getBytes(UTF_8), limits))
                .doesNotThrowAnyException();
    }

    private static void assertBeyond(String json, JsonLimits limits) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> JsonReader.readObject(json.getBytes(UTF_8), limits))
                .satisfies(malformed -> {
                    assertThat(malformed.isBeyondLimit()).isTrue();
                    assertThat(malformed.getMessage()).isNotBlank();
                });
    }

    private static String objects(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String arrays(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"%x\":1".formatted(i))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String items(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1").collect(Collectors.joining(",", "{\"a\":[", "]}"));
    }

    private static String text(String text) {
        return "{\"a\":\"" + text + "\"}";
    }

    @ParameterizedTest
    @MethodSource("inUse")
    void boundsTheDepthOfObjectsAndArrays(JsonLimits limits) {
        assertRead(objects(limits.depth()), limits);
        assertRead(arrays(limits.depth()), limits);
        assertBeyond(objects(limits.depth() + 1), limits);
        assertBeyond(arrays(limits.depth() + 1), limits);
    }

    @Test
    void countsHowDeepItIsAndNotHowManyThereAre() {
        JsonLimits limits = new JsonLimits(2, 9, 9, 9, 9);
        assertRead("{\"a\":{},\"b\":{},\"c\":[],\"d\":[],\"e\":{}}", limits);
        assertBeyond("{\"a\":{},\"b\":{\"c\":{}}}", limits);
        assertBeyond("{\"a\":[],\"b\":[[]]}", limits);
    }

    @ParameterizedTest
    @MethodSource("inUse")
    void boundsTheMembersOfAnObject(JsonLimits limits) {
        assertRead(members(limits.members()), limits);
        assertBeyond(members(limits.members() + 1), limits);
    }

    @ParameterizedTest
    @MethodSource("inUse")
    void boundsTheItemsOfAnArray(JsonLimits limits) {
        assertRead(items(limits.items()), limits);
        assertBeyond(items(limits.items() + 1), limits);
    }

    @ParameterizedTest
    @MethodSource("inUse")
    void boundsTheLengthOfTextsAndNames(JsonLimits limits) {
        String longest = "a".repeat(limits.characters());
        assertRead(text(longest), limits);
        assertRead("{\"" + longest + "\":1}", limits);
        assertBeyond(text(longest + "a"), limits);
        assertBeyond("{\"" + longest + "a\":1}", limits);
    }

    @ParameterizedTest
    @MethodSource("inUse")
    void boundsTheLengthOfTextsThatAreEscapedOrNotAscii(JsonLimits limits) {
        String nearly = "a".repeat(limits.characters() - 1);
        assertRead(text("\\n" + nearly), limits);
        assertRead(text(nearly + "\u00E9"), limits);
        assertBeyond(text("\\n" + nearly + "a"), limits);
        assertBeyond(text(nearly + "\u00E9\\u0061"), limits);
        assertBeyond(text(nearly + "\uD83D\uDE00"), limits);
    }

    @ParameterizedTest
    @MethodSource("inUse")
    void boundsTheDigitsOfANumber(JsonLimits limits) {
        String most = "1".repeat(limits.digits());
        String half = "1".repeat(limits.digits() / 2);
        assertRead("{\"a\":" + most + "}", limits);
        assertRead("{\"a\":-" + most + "}", limits);
        assertRead("{\"a\":" + half + "." + half + "e100}", limits);
        assertBeyond("{\"a\":" + most + "1}", limits);
        assertBeyond("{\"a\":" + half + "." + half + "1}", limits);
    }

    @Test
    void areWhatEachDocumentNeeds() {
        assertThat(JsonLimits.CLAIMS).isEqualTo(new JsonLimits(16, 256, 1_024, 8_192, 1_000));
        assertThat(JsonLimits.HEADER).isEqualTo(new JsonLimits(3, 16, 1_024, 8_192, 1_000));
        assertThat(JsonLimits.DOCUMENT).isEqualTo(new JsonLimits(8, 256, 1_024, 16_384, 1_000));
    }
}
