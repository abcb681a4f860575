package io.tokenguard.attacks;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Spells tokens as no issuer would, and signs what it spells, so that only a strict reader stands in their way. */
final class Forge {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int MOST_TRIES = 10_000;

    private Forge() {}

    /** Strict base64url of a text. */
    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Strict base64url. */
    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Signs header and payload as they are spelt. */
    static String signed(TestKey key, TestAlgorithm algorithm, CompactToken token) {
        return token.withSignature(key.sign(algorithm, token.signingInput())).compact();
    }

    /** A good token of an algorithm, with another spelling of its signature. */
    static String respellSignature(AttackBench bench, TestAlgorithm algorithm, UnaryOperator<String> spelling) {
        CompactToken token = CompactToken.parse(bench.token(algorithm).sign());
        return token.withSignature(spelling.apply(token.signature())).compact();
    }

    /** A good token of an algorithm, with another spelling of its header, which is then signed. */
    static String respellHeader(AttackBench bench, TestAlgorithm algorithm, UnaryOperator<String> spelling) {
        CompactToken token = CompactToken.parse(awkward(bench, algorithm).sign());
        return signed(bench.key(algorithm), algorithm, token.withHeader(spelling.apply(token.header())));
    }

    /** A good token of an algorithm, with another spelling of its payload, which is then signed. */
    static String respellPayload(AttackBench bench, TestAlgorithm algorithm, UnaryOperator<String> spelling) {
        CompactToken token = CompactToken.parse(awkward(bench, algorithm).sign());
        return signed(bench.key(algorithm), algorithm, token.withPayload(spelling.apply(token.payload())));
    }

    /** A good token whose header and payload use the last two letters of the alphabet and leave bits unused. */
    private static TokenBuilder awkward(AttackBench bench, TestAlgorithm algorithm) {
        TokenBuilder token = bench.token(algorithm).header("x", "~~~~~~??????").claim("x", "~~~~~~??????");
        if (token.headerJson().length() % 3 == 0) {
            token.header("x", "~~~~~~???????");
        }
        return token.payloadJson().length() % 3 == 0 ? token.claim("x", "~~~~~~???????") : token;
    }

    /** A part with its last letter one further in the alphabet: the same bytes to a careless reader. */
    static String setUnusedBit(String part) {
        if (part.length() % 4 == 0) {
            throw new IllegalArgumentException("This part leaves no bits unused");
        }
        int last = part.length() - 1;
        return part.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(part.charAt(last)) + 1);
    }

    /** The same bytes in the standard alphabet; the part must use one of the letters in which the alphabets differ. */
    static String standardAlphabet(String part) {
        String standard = part.replace('-', '+').replace('_', '/');
        if (standard.equals(part)) {
            throw new IllegalArgumentException("This part is the same in both alphabets");
        }
        return standard;
    }

    /** A part made longer until no bytes have that many letters. */
    static String impossibleLength(String part) {
        String longer = part;
        while (longer.length() % 4 != 1) {
            longer += "A";
        }
        return longer;
    }

    /** Puts some text into the middle of a part. */
    static String insert(String part, String text) {
        int middle = part.length() / 2;
        return part.substring(0, middle) + text + part.substring(middle);
    }

    /** Makes things until one of them is as it should be. */
    static <T> T until(Predicate<T> rule, Supplier<T> maker) {
        for (int i = 0; i < MOST_TRIES; i++) {
            T made = maker.get();
            if (rule.test(made)) {
                return made;
            }
        }
        throw new IllegalStateException("Nothing that was made is as it should be");
    }
}
