package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.authorization.AuthorizationPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules as texts, and as trees whose meaning is known. The first byte chooses: an odd one makes the rest a text, which is
 * rejected with a message, or written again as a text of the same meaning; an even one makes the rest a tree of conditions,
 * and the decision about its text is compared with a plain evaluation of the tree in three-valued logic.
 */
class PolicyFuzzTest {
    private static final AuthorizationCheck CHECK =
            new AuthorizationCheck(AuthorizationPolicy.NONE, failure -> requireThat(false, "a rule failed"));

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "claim a in b,c",
        "claim a contains b",
        "claim /a/b = path:c",
        "subject = ",
        "client ",
        "issuer ",
        "kind user",
        "from 10.0.0.0/8,@l",
        "during Mon-Fri 08:00-18:00 Europe/Berlin",
        "age < 5m",
        " and ",
        " or ",
        "not ",
        "(",
        ")",
        " report-only ",
        "scope a",
        "role \"a b\"",
        "\\x5c",
        "public"
    })
    void meansWhatItSays(byte[] input) {
        if (input.length == 0) {
            return;
        }
        if (input[0] % 2 == 0) {
            compareWithPlainEvaluation(new Bytes(input));
        } else {
            readAgain(new String(input, 1, input.length - 1, UTF_8));
        }
    }

    private static void readAgain(String text) {
        Optional<AccessRequirement> read = read(text);
        if (read.isPresent()) {
            String notation = read.get().notation();
            Optional<AccessRequirement> again = read(notation);
            requireThat(again.isPresent(), "what was written can't be read");
            requireThat(again.get().equals(read.get()), "what was written means something else");
            requireThat(again.get().notation().equals(notation), "what was written is written otherwise");
        }
    }

    private static Optional<AccessRequirement> read(String text) {
        try {
            return Optional.of(FuzzedGuard.bounded(() -> AccessRequirement.parse(text)));
        } catch (ConfigurationException refusal) {
            requireThat(
                    refusal.remedy().contains("at character ") || text.length() > 16_384, "a message without position");
            return Optional.empty();
        }
    }

    private static void compareWithPlainEvaluation(Bytes bytes) {
        Map<String, Object> claims = new HashMap<>();
        for (String name : List.of("a", "b", "c")) {
            switch (bytes.next(4)) {
                case 0 -> claims.put(name, "x");
                case 1 -> claims.put(name, "y");
                case 2 -> claims.put(name, List.of("x", "y"));
                default -> {}
            }
        }
        StringBuilder text = new StringBuilder();
        Kleene expected = tree(bytes, claims, text, 6);
        AccessToken token =
                AccessToken.builder("https://issuer.example").claims(claims).build();
        IncomingRequest request = IncomingRequest.builder("GET", "/").build();
        boolean passes;
        try {
            CHECK.require(
                    new AuthorizationRequest(token, request, Instant.EPOCH), AccessRequirement.parse(text.toString()));
            passes = true;
        } catch (RefusedException refused) {
            passes = false;
        }
        requireThat(passes == (expected == Kleene.TRUE), "decided otherwise than the tree: " + text);
    }

    /** Writes a tree and returns its value. */
    private static Kleene tree(Bytes bytes, Map<String, Object> claims, StringBuilder text, int depth) {
        int kind = depth == 0 ? 0 : bytes.next(4);
        if (kind == 0) {
            return leaf(bytes, claims, text);
        }
        text.append(kind == 3 ? "not (" : "(");
        Kleene value = tree(bytes, claims, text, depth - 1);
        if (kind < 3) {
            text.append(kind == 1 ? " and " : " or ");
            Kleene other = tree(bytes, claims, text, depth - 1);
            value = kind == 1 ? value.and(other) : value.or(other);
        }
        text.append(')');
        return kind == 3 ? value.not() : value;
    }

    private static Kleene leaf(Bytes bytes, Map<String, Object> claims, StringBuilder text) {
        String name = List.of("a", "b", "c").get(bytes.next(3));
        String value = List.of("x", "y", "z").get(bytes.next(3));
        boolean isOfArray = bytes.next(2) == 1;
        text.append("claim ")
                .append(name)
                .append(isOfArray ? " contains " : " = ")
                .append(value);
        Object found = claims.get(name);
        if (isOfArray) {
            return found instanceof List<?> items ? Kleene.of(items.contains(value)) : Kleene.UNKNOWN;
        }
        return found instanceof String ? Kleene.of(found.equals(value)) : Kleene.UNKNOWN;
    }

    /** By the table of Kleene, in the order of truth: a conjunction is the least of its parts. */
    private enum Kleene {
        FALSE,
        UNKNOWN,
        TRUE;

        static Kleene of(boolean holds) {
            return holds ? TRUE : FALSE;
        }

        Kleene and(Kleene other) {
            return compareTo(other) < 0 ? this : other;
        }

        Kleene or(Kleene other) {
            return compareTo(other) > 0 ? this : other;
        }

        Kleene not() {
            return switch (this) {
                case FALSE -> TRUE;
                case UNKNOWN -> UNKNOWN;
                case TRUE -> FALSE;
            };
        }
    }

    /** The bytes of an input, one choice each; zeros at its end. */
    private static final class Bytes {
        private final byte[] input;
        private int at = 1;

        Bytes(byte[] input) {
            this.input = input;
        }

        int next(int choices) {
            return at < input.length ? Math.floorMod(input[at++], choices) : 0;
        }
    }
}
