package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenguard.Thoroughness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our reader against Jackson, set as strictly as it can be, over random JSON that is well formed, nearly well formed, or
 * not at all. What we accept Jackson accepts too, and reads the same; what Jackson accepts within our limits we accept.
 * Without {@link Thoroughness}, fewer texts are tried.
 *
 * <p>Known differences, all on our strict side: a lone surrogate in a value is refused here and read by Jackson; so are
 * UTF-8 that is longer than it must be, a byte order mark, and UTF-16 and UTF-32, which Jackson guesses.
 */
class JsonDifferentialTest {
    private static final Pattern HUGE_EXPONENT = Pattern.compile("[0-9][eE][+-]?[0-9]{9}");
    private static final int ROUNDS = Thoroughness.rounds(20_000);
    private static final JsonLimits LIMITS = JsonLimits.CLAIMS;
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsRandomObjectsAsJacksonDoes(long seed) {
        RandomJson json = new RandomJson(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = json.object().getBytes(StandardCharsets.UTF_8);
            assertThat(ours(text)).as(() -> shown(text)).isPresent();
            assertAgreement(text);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void agreesWithJacksonOnDamagedObjects(long seed) {
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = RandomJson.damaged(json.object().getBytes(StandardCharsets.UTF_8), random);
            accepted += assertAgreement(text) ? 1 : 0;
        }
        assertThat(accepted).as("damage that leaves JSON whole").isBetween(ROUNDS / 100, ROUNDS * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void agreesWithJacksonOnShuffledTokens(long seed) {
        RandomJson json = new RandomJson(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            assertAgreement(json.shuffledTokens().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Our fixed differences stay the documented ones. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\\ud800\"}", "\ufeff{\"a\":1}"})
    void isStricterThanJacksonOnSurrogatesAndByteOrderMarks(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(jacksons(bytes)).isPresent();
        assertThat(ours(bytes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"007b007d", "7b007d00", "7b2261223a22e08080227d", "7b2261223a22e088b7227d"})
    void isStricterThanJacksonOnEncodings(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(jacksons(bytes)).isPresent();
        assertThat(ours(bytes)).isEmpty();
    }

    /** Returns whether both accepted the text. */
    private static boolean assertAgreement(byte[] text) {
        Optional<Map<String, Object>> ours = ours(text);
        Optional<JsonNode> jacksons = jacksons(text);
        if (ours.isPresent()) {
            if (jacksons.isEmpty() && hasHugeExponent(text)) {
                return true;
            }
            assertThat(jacksons).as(() -> "we accept " + shown(text)).isPresent();
            Object theirs = plain(jacksons.orElseThrow());
            assertThat(agree(ours.get(), theirs))
                    .as(() -> ours.get() + " is " + theirs + " in " + shown(text))
                    .isTrue();
        } else if (jacksons.isPresent() && !isKnownDifference(text, jacksons.get())) {
            throw new AssertionError("Jackson accepts and we refuse " + shown(text));
        }
        return ours.isPresent();
    }

    /** Equal, in the same order; a number that we approximate is the nearest finite one. */
    private static boolean agree(@Nullable Object ours, @Nullable Object theirs) {
        if (ours instanceof Double approximate && theirs instanceof Number exact) {
            double nearest = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, exact.doubleValue()));
            return approximate == nearest;
        }
        if (ours instanceof Map<?, ?> our && theirs instanceof Map<?, ?> their) {
            return List.copyOf(our.keySet()).equals(List.copyOf(their.keySet()))
                    && our.keySet().stream().allMatch(name -> agree(our.get(name), their.get(name)));
        }
        if (ours instanceof List<?> our && theirs instanceof List<?> their) {
            return our.size() == their.size()
                    && IntStream.range(0, our.size()).allMatch(i -> agree(our.get(i), their.get(i)));
        }
        return Objects.equals(ours, theirs);
    }

    private static boolean isKnownDifference(byte[] text, JsonNode node) {
        return !new Bounds(LIMITS).holds(node, 1) || !isUtf8(text) || isGuessedEncoding(text);
    }

    /** Jackson reads exponents of nine digits at most. */
    private static boolean hasHugeExponent(byte[] text) {
        return HUGE_EXPONENT
                .matcher(new String(text, StandardCharsets.ISO_8859_1))
                .find();
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** A byte order mark, or a zero where UTF-16 and UTF-32 have one. */
    private static boolean isGuessedEncoding(byte[] text) {
        return text.length > 1 && ((text[0] & 0xFF) == 0xEF || text[0] == 0 || text[1] == 0);
    }

    private static Optional<Map<String, Object>> ours(byte[] text) {
        try {
            return Optional.of(JsonReader.readObject(text, LIMITS));
        } catch (MalformedException refused) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> jacksons(byte[] text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            JsonNode node = JACKSON.readTree(parser);
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (IOException | NumberFormatException refused) {
            return Optional.empty();
        }
    }

    /** The values as our reader states them: whole numbers that fit Long as such, all others as BigDecimal. */
    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (node.isNumber()) {
            return number(node);
        }
        return node.isNull() ? null : node.isBoolean() ? node.booleanValue() : node.textValue();
    }

    private static Object number(JsonNode node) {
        boolean isShort = node.isIntegralNumber() && node.bigIntegerValue().bitLength() < Long.SIZE;
        return isShort ? (Object) node.longValue() : node.decimalValue();
    }

    private static String shown(byte[] text) {
        return new String(text, StandardCharsets.UTF_8) + " = " + HexFormat.of().formatHex(text);
    }

    /** Whether a value that Jackson read lies within our limits. */
    private record Bounds(JsonLimits limits) {
        boolean holds(JsonNode node, int depth) {
            if (node.isContainerNode() && (depth > limits.depth() || node.size() > limit(node))) {
                return false;
            }
            if (node.isObject()) {
                return node.properties().stream()
                        .allMatch(member -> holdsText(member.getKey()) && holds(member.getValue(), depth + 1));
            }
            if (node.isArray()) {
                return node.valueStream().allMatch(item -> holds(item, depth + 1));
            }
            return node.isNumber()
                    ? holdsNumber(node.decimalValue())
                    : !node.isTextual() || holdsText(node.textValue());
        }

        private int limit(JsonNode node) {
            return node.isObject() ? limits.members() : limits.items();
        }

        /** Text without lone surrogates: with one, its UTF-8 form is not its own. */
        private boolean holdsText(String text) {
            boolean isWhole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
            return isWhole && text.length() <= limits.characters();
        }

        private boolean holdsNumber(BigDecimal number) {
            return number.precision() <= 15 && Math.abs(number.scale()) <= 290;
        }
    }
}
