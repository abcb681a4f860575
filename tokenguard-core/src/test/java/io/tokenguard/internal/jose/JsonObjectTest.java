package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.Thoroughness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that are read on demand are those that are read at once. Without {@link Thoroughness}, fewer objects are tried. */
class JsonObjectTest {
    private static final int ROUNDS = Thoroughness.rounds(20_000);
    private static final JsonLimits LIMITS = new JsonLimits(5, 8, 5, 12, 20);

    private final NameLists names = new NameLists();

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String token(byte[] json) {
        return "Bearer eyJh." + Base64.getUrlEncoder().withoutPadding().encodeToString(json) + ".\u00ff";
    }

    private JsonObject onDemand(String json) throws MalformedException {
        return JsonReader.readOnDemand(bytes(json), JsonLimits.CLAIMS, names);
    }

    private void assertSame(byte[] json, Map<String, @Nullable Object> expected) throws MalformedException {
        JsonObject read = JsonReader.readOnDemand(json, JsonLimits.CLAIMS, names);
        assertSame(read, expected);
        assertSame(read.within(token(json), read.names()), expected);
    }

    private static void assertSame(Map<String, @Nullable Object> found, Map<String, @Nullable Object> expected) {
        List<String> order = new ArrayList<>(expected.keySet());
        for (int i = order.size() - 1; i >= 0; i--) {
            assertThat(found.get(order.get(i))).isEqualTo(expected.get(order.get(i)));
            assertThat(found.containsKey(order.get(i))).isTrue();
        }
        assertThat(found.get("no such name")).isNull();
        assertThat(found.containsKey("no such name")).isFalse();
        assertThat(found).hasSize(expected.size());
        assertThat(new ArrayList<>(found.keySet())).isEqualTo(order);
        assertThat(new ArrayList<>(found.values())).isEqualTo(new ArrayList<>(expected.values()));
        assertThat(found.equals(expected) && expected.equals(found)).isTrue();
        assertThat(found).hasSameHashCodeAs(expected).hasToString(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void areThoseOfRandomObjects(long seed) throws MalformedException {
        RandomJson json = new RandomJson(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = bytes(json.object());
            assertSame(text, JsonReader.readObject(text, JsonLimits.CLAIMS));
        }
    }

    /** Within limits that random objects often exceed. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void areRefusedIfTheyWereRefusedAtOnce(long seed) {
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] whole = bytes(i % 2 == 0 ? json.object() : json.shuffledTokens());
            byte[] text = i % 3 == 0 ? whole : RandomJson.damaged(whole, random);
            boolean isRefusedAtOnce = isRefused(() -> JsonReader.readObject(text, LIMITS));
            assertThat(isRefused(() -> JsonReader.readOnDemand(text, LIMITS, names)))
                    .as(() -> new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(isRefusedAtOnce);
            refused += isRefusedAtOnce ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS * 95 / 100);
    }

    private interface Reading {
        Map<String, @Nullable Object> read() throws MalformedException;
    }

    private static boolean isRefused(Reading reading) {
        try {
            Map<String, @Nullable Object> unused = reading.read();
            return false;
        } catch (MalformedException refused) {
            return true;
        }
    }

    @Test
    void haveNoNameTwice() {
        assertThatThrownBy(() -> onDemand("{\"a\":1,\"\\u0061\":1}")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> onDemand("{\"a\":{\"b\":1,\"b\":1}}")).isInstanceOf(MalformedException.class);
    }

    /** Positions beyond 127, and beyond 16 383. */
    @Test
    void areFoundBehindLongOnes() throws MalformedException {
        String json = "{\"a\":\"%s\",\"b\":[1],\"c\":\"%s\",\"d\":\"%s\",\"e\":{\"f\":null}}"
                .formatted("x".repeat(126), "y".repeat(8_000), "z".repeat(8_100));
        assertSame(bytes(json), JsonReader.readObject(bytes(json), JsonLimits.CLAIMS));
    }

    @Test
    void canNotBeChanged() throws MalformedException {
        JsonObject object = onDemand("{\"a\":[1],\"b\":{\"c\":1}}");
        for (Map<String, @Nullable Object> claims :
                List.of(object, object.within(token(bytes("{\"a\":[1],\"b\":{\"c\":1}}")), object.names()))) {
            assertThatThrownBy(() -> claims.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> claims.remove("a")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> claims.putAll(Map.of("a", 1))).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(claims::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> claims.keySet().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> claims.values().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> claims.entrySet().iterator().next().setValue(1))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((List<?>) Objects.requireNonNull(claims.get("a"))).clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((Map<?, ?>) Objects.requireNonNull(claims.get("b"))).clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(claims).isEqualTo(Map.of("a", List.of(1L), "b", Map.of("c", 1L)));
        }
    }

    @Test
    void shareTheirNames() throws MalformedException {
        NameList first = onDemand("{\"iss\":\"a\",\"unusual\":1}").names();
        assertThat(onDemand("{\"iss\":\"b\",\"unusual\":2}").names()).isSameAs(first);
        assertThat(onDemand("{\"unusual\":2,\"iss\":\"b\"}").names()).isNotEqualTo(first);
    }
}
