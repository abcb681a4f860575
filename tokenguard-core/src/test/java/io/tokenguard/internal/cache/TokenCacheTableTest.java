package io.tokenguard.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenCacheTableTest {
    private static final int MEBIBYTE = 1 << 20;
    private static PublicKey key;

    private final Random random = new Random(1);

    @BeforeAll
    static void generateKey() throws GeneralSecurityException {
        key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
    }

    private record Kept(String value, int bytes) {}

    private static TokenCacheTable<Kept> memory(int entries, long bytes) {
        return new TokenCacheTable<>(new TokenCachePolicy(true, entries, bytes), Kept::bytes, () -> {});
    }

    private static PublicKey rsa(long exponent) throws GeneralSecurityException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.valueOf(12_345));
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent)));
    }

    private String token() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder token = new StringBuilder("header.claims.");
        random.ints(86, 0, 64).forEach(i -> token.append(alphabet.charAt(i)));
        return token.toString();
    }

    @Test
    void findsWhatItKeeps() {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        String token = token();
        memory.keep("Bearer " + token, 7, key, text -> new Kept("established", 10));
        assertThat(memory.find("Bearer " + token, 7)).extracting(Kept::value).isEqualTo("established");
        assertThat(memory.find(token, 0)).extracting(Kept::value).isEqualTo("established");
        assertThat(memory.find(token(), 0)).isNull();
    }

    @Test
    void keepsNothingWhereItIsOff() {
        TokenCacheTable<Kept> memory =
                new TokenCacheTable<>(new TokenCachePolicy(false, 100, MEBIBYTE), Kept::bytes, () -> {});
        String token = token();
        memory.keep(token, 0, key, text -> new Kept("established", 10));
        assertThat(memory.find(token, 0)).isNull();
        assertThat(memory.size()).isZero();
    }

    /** Of a signature with a small exponent a part leads to the rest (Coppersmith 1996). */
    @Test
    void keepsNoTokenOfWhichTheSignatureCouldBeCompleted() throws GeneralSecurityException {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        String token = token();
        memory.keep(token, 0, rsa(65_535), text -> new Kept("established", 10));
        assertThat(memory.find(token, 0)).isNull();
        memory.keep(token, 0, rsa(65_537), text -> new Kept("established", 10));
        assertThat(memory.find(token, 0)).extracting(Kept::value).isEqualTo("established");
    }

    @Test
    void looksForNothingThatIsTooShort() {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        String longest = "a".repeat(62);
        memory.keep(longest, 0, key, text -> new Kept("established", 10));
        assertThat(memory.size()).isZero();
        for (int length = 0; length < 62; length++) {
            assertThat(memory.find("Bearer " + "a".repeat(length), 7)).isNull();
        }
        assertThat(memory.find("", 0)).isNull();
        memory.keep("Bearer " + longest, 7, key, text -> new Kept("established", 10));
        assertThat(memory.size()).isZero();
        String enough = "a".repeat(63);
        memory.keep(enough, 0, key, text -> new Kept("established", 10));
        assertThat(memory.find(enough, 0)).extracting(Kept::value).isEqualTo("established");
    }

    @Test
    void holdsNoMoreEntriesThanItMay() {
        TokenCacheTable<Kept> memory = memory(100, 64L * MEBIBYTE);
        IntStream.range(0, 1_000).forEach(i -> memory.keep(token(), 0, key, text -> new Kept("x", 1)));
        assertThat(memory.size()).isBetween(90L, 100L);
    }

    @Test
    void holdsNoMoreBytesThanItMay() {
        TokenCacheTable<Kept> memory = memory(1_000_000, MEBIBYTE);
        IntStream.range(0, 1_000).forEach(i -> memory.keep(token(), 0, key, text -> new Kept("x", 9_000)));
        assertThat(memory.size()).isBetween(90L, 113L);
    }

    @Test
    void keepsNothingThatIsLargerThanTheWhole() {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        memory.keep(token(), 0, key, text -> new Kept("x", Integer.MAX_VALUE));
        assertThat(memory.size()).isZero();
    }

    /** Tokens that differ in what is shown, or in what is hidden, with all that the index is made of in common. */
    @Test
    void keepsOneOfTwoTokensOfOneIndexAndTakesItForNoOther() {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        String token = token();
        String other = "x" + token.substring(1);
        memory.keep(token, 0, key, text -> new Kept("one", 10));
        assertThat(memory.find(other, 0)).isNull();
        memory.keep(other, 0, key, text -> new Kept("other", 10));
        assertThat(memory.find(other, 0)).extracting(Kept::value).isEqualTo("other");
        assertThat(memory.find(token, 0)).isNull();
    }

    @Test
    void countsWhatItEvicts() {
        AtomicInteger evicted = new AtomicInteger();
        TokenCacheTable<Kept> memory =
                new TokenCacheTable<>(new TokenCachePolicy(true, 100, MEBIBYTE), Kept::bytes, evicted::incrementAndGet);
        IntStream.range(0, 300).forEach(i -> memory.keep(token(), 0, key, text -> new Kept("x", 1)));
        assertThat(evicted.get() + memory.size()).isEqualTo(300);
        assertThat(evicted).hasValueGreaterThanOrEqualTo(200);
    }

    /** An entry weighs what it holds, with the text before the token, and at least its share of the limit. */
    @Test
    void saysHowManyBytesItHolds() {
        TokenCacheTable<Kept> memory = memory(1_000_000, MEBIBYTE);
        assertThat(memory.bytes()).isZero();
        String token = token();
        memory.keep("Bearer " + token, 7, key, text -> new Kept("x", 10));
        assertThat(memory.bytes()).isEqualTo(216 + 7 + token.length() - 43 + 1 + 10);
        TokenCacheTable<Kept> few = memory(64, MEBIBYTE);
        few.keep(token, 0, key, text -> new Kept("x", 10));
        assertThat(few.bytes()).isEqualTo(MEBIBYTE / 64);
        assertThat(few.mostBytes()).isEqualTo(MEBIBYTE);
    }

    @Test
    void saysWhetherItIsOn() {
        TokenCacheTable<Kept> off =
                new TokenCacheTable<>(new TokenCachePolicy(false, 100, MEBIBYTE), Kept::bytes, () -> {});
        assertThat(off.isOn()).isFalse();
        assertThat(off.mostBytes()).isZero();
        assertThat(memory(100, MEBIBYTE).isOn()).isTrue();
    }

    @Test
    void keepsNoTokenOutsideAscii() {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        memory.keep("\u00e9" + token(), 0, key, text -> new Kept("established", 10));
        assertThat(memory.size()).isZero();
    }

    /** Two tokens have one index only if all characters that make it are the same, and the secret. */
    @Test
    void anIndexIsOfAllItsCharacters() {
        String token = token();
        TokenIndex index = TokenIndex.of(token, 1);
        assertThat(TokenIndex.of("another." + token, 1)).isEqualTo(index).hasSameHashCodeAs(index);
        assertThat(TokenIndex.of(token, 2)).isNotEqualTo(index);
        assertThat(index).isNotEqualTo("index");
        int from = token.length() - 63;
        for (int i = 0; i < 20; i++) {
            char other = token.charAt(from + i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, from + i) + other + token.substring(from + i + 1);
            assertThat(TokenIndex.of(changed, 1)).as("character %d", i).isNotEqualTo(index);
        }
        String before = token.substring(0, from - 1) + "~" + token.substring(from);
        assertThat(TokenIndex.of(before, 1)).isEqualTo(index);
        assertThat(TokenIndex.of(token + "x", 1)).isNotEqualTo(index);
    }

    /** The hidden end is stored as a hash only. */
    @Test
    void anIndexIsOfNoHiddenCharacter() {
        String token = token();
        TokenIndex index = TokenIndex.of(token, 1);
        for (int i = token.length() - 43; i < token.length(); i++) {
            String changed = token.substring(0, i) + '~' + token.substring(i + 1);
            assertThat(TokenIndex.of(changed, 1)).as("character %d", i).isEqualTo(index);
        }
    }

    /** 64 of 2^32 places are the same by chance once in two million times. */
    @Test
    void eachCharacterHasAPlaceOfItsOwnInTheIndex() {
        String token = token();
        int from = token.length() - 63;
        for (int i = from; i < from + 20; i++) {
            Set<Integer> places = new HashSet<>();
            for (char c = ' '; c < ' ' + 64; c++) {
                String changed = token.substring(0, i) + c + token.substring(i + 1);
                places.add(TokenIndex.of(changed, 0x5555_5555_5555_5555L).hashCode());
            }
            assertThat(places).as("character %d", i - from).hasSize(64);
        }
    }

    @Test
    void forgetsWhatIsOver() {
        TokenCacheTable<Kept> memory = memory(100, MEBIBYTE);
        String over = token();
        String good = token();
        memory.keep(over, 0, key, text -> new Kept("over", 10));
        memory.keep(good, 0, key, text -> new Kept("good", 10));
        memory.forgetIf(kept -> kept.value().equals("over"));
        assertThat(memory.find(over, 0)).isNull();
        assertThat(memory.find(good, 0)).extracting(Kept::value).isEqualTo("good");
    }

    @Test
    void spreadsTokensOverTheIndexByASecretOfItsOwn() {
        Set<Integer> places = new HashSet<>();
        Set<Integer> otherPlaces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String token = token();
            places.add(TokenIndex.of(token, 1).hashCode() & 0xffff);
            otherPlaces.add(TokenIndex.of(token, 2).hashCode() & 0xffff);
        }
        // 10 000 at random over 65 536 places take about 9 280 of them.
        assertThat(places).hasSizeBetween(9_000, 9_500);
        assertThat(otherPlaces).hasSizeBetween(9_000, 9_500);
        String token = token();
        assertThat(TokenIndex.of(token, 1).hashCode())
                .isNotEqualTo(TokenIndex.of(token, 2).hashCode());
    }
}
