package io.tokenguard.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessRequirement.Condition;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.limits.LimitKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path means the same in a condition of a rule, in a limit and in the settings of roles and scopes (RFC 6901). */
class ClaimPathAgreementTest {
    private static final int ROUNDS = 3_000;
    private static final String[] NAMES = {
        "a",
        "b",
        "realm_access",
        "with space",
        "quo\"te",
        "\"c\"",
        "x.y",
        "s/t",
        "t~u",
        "t~1u",
        "https://a.example/roles"
    };

    /** What a condition is evaluated for. */
    private record Asked(AuthorizationRequest attempt) implements Condition.Facts {
        static Asked of(Map<String, Object> claims) {
            AccessToken token =
                    AccessToken.builder("https://issuer.example").claims(claims).build();
            return new Asked(new AuthorizationRequest(
                    token, IncomingRequest.builder("GET", "/").build(), Instant.EPOCH));
        }

        @Override
        public String clientAddress() {
            return "";
        }

        @Override
        public Optional<Predicate<String>> names(String list) {
            return Optional.empty();
        }

        @Override
        public Optional<Predicate<AddressRange>> networks(String list) {
            return Optional.empty();
        }
    }

    /** Claims and paths by chance. */
    private record Chance(Random random) {
        String name() {
            return NAMES[random.nextInt(NAMES.length)];
        }

        Map<String, Object> object(int depth) {
            Map<String, Object> object = new HashMap<>();
            for (int i = 0; i < 6; i++) {
                object.put(name(), depth > 0 && random.nextInt(4) > 0 ? object(depth - 1) : leaf());
            }
            return object;
        }

        private Object leaf() {
            return switch (random.nextInt(4)) {
                case 0 -> "found";
                case 1 -> List.of("found", "other");
                case 2 -> List.of(Map.of("a", "found"));
                default -> 7L;
            };
        }

        List<String> steps() {
            List<String> steps = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                steps.add(name());
            }
            return steps;
        }
    }

    /** The notations that name these steps. */
    private static List<String> notations(List<String> steps) {
        List<String> notations = new ArrayList<>();
        StringBuilder pointer = new StringBuilder();
        steps.forEach(step -> pointer.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        notations.add(pointer.toString());
        if (steps.size() == 1 && steps.get(0).contains("://")) {
            notations.add(steps.get(0));
        } else if (steps.stream().noneMatch(step -> step.contains(".") || step.contains("://"))) {
            notations.add(String.join(".", steps));
        }
        return notations;
    }

    private static @Nullable Object valueAt(List<String> steps, Map<?, ?> claims) {
        @Nullable Object next = claims.get(steps.get(0));
        if (steps.size() == 1) {
            return next;
        }
        return next instanceof Map<?, ?> object ? valueAt(steps.subList(1, steps.size()), object) : null;
    }

    private static boolean isMet(String path, String relation, Map<String, Object> claims) {
        String quoted = '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        AccessRequirement rule = AccessRequirement.parse("claim " + quoted + relation + "found");
        return ((Condition) rule).isMet(Asked.of(claims));
    }

    private static Set<String> names(String path, Map<String, Object> claims) {
        return new ClaimReader(claims)
                .collect(NameClaim.in(List.of(path)).paths(), NameCollector.ofRoles(NameClaim.Form.USUAL))
                .names();
    }

    private static void assertAgreed(String path, List<String> steps, Map<String, Object> claims) {
        @Nullable Object value = valueAt(steps, claims);
        boolean isListed = value instanceof List<?> items && items.contains("found");
        assertThat(isMet(path, " = ", claims)).isEqualTo("found".equals(value));
        assertThat(isMet(path, " contains ", claims)).isEqualTo(isListed);
        assertThat(names(path, claims).contains("found")).isEqualTo("found".equals(value) || isListed);
        if (!path.startsWith("\"")) {
            assertThat(LimitKey.ofClaim(path).valueIn(claims)).isEqualTo(value);
        }
    }

    @Test
    void findsTheSameValueWhereverThePathIsWritten() {
        Chance chance = new Chance(new Random(1));
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Map<String, Object> claims = chance.object(2);
            List<String> steps = chance.steps();
            found += valueAt(steps, claims) == null ? 0 : 1;
            for (String path : notations(steps)) {
                assertAgreed(path, steps, claims);
            }
        }
        assertThat(found).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "/", "/a/", "*", "a.*", "/*/a", "a.b.c.d.e.f.g.h.i"})
    void isRefusedWhereOneValueIsNeeded(String path) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> LimitKey.ofClaim(path));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> isMet(path, " = ", Map.of()));
    }

    @Test
    void mayHaveEightNames() {
        String path = "a.b.c.d.e.f.g.h";
        Map<String, Object> claims = Map.of("h", "found");
        for (String name : Arrays.asList("g", "f", "e", "d", "c", "b", "a")) {
            claims = Map.of(name, claims);
        }
        assertAgreed(path, List.of(path.split("\\.", -1)), claims);
        assertThat(names(path, claims)).containsExactly("found");
    }

    @Test
    void hasNoQuotesInALimit() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LimitKey.ofClaim("\"a.b\""))
                .withMessageContaining("without quotes");
    }
}
