package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7517, in its order; the members of each kind of key are in {@link JwkMembersTest}. */
class JwkReaderTest {
    private static final TestKey EC = TestKey.generate(TestAlgorithm.ES256, "ec");
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256, "rsa");
    private static final Set<SignatureAlgorithm> OF_RSA = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512);

    private static List<PublishedKey> readSet(List<?> keys) throws MalformedException {
        return JwkReader.readSet(TestJson.write(Map.of("keys", keys)).getBytes(UTF_8), 100);
    }

    private static PublishedKey read(Map<String, Object> jwk) throws MalformedException {
        List<PublishedKey> keys = readSet(List.of(jwk));
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }

    /** A key with one member more, or another value for it. */
    private static Map<String, Object> with(TestKey key, String member, Object value) {
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.put(member, value);
        return jwk;
    }

    private static Map<String, Object> without(TestKey key, String... members) {
        Map<String, Object> jwk = key.publicJwkMembers();
        List.of(members).forEach(jwk::remove);
        return jwk;
    }

    private static boolean isIdle(PublishedKey key) {
        return key.uses().isEmpty() && !key.isRefused() && !key.idle().isEmpty();
    }

    @Nested
    class Section41KeyType {
        @ParameterizedTest
        @ValueSource(strings = {"oct", "AKPX", "ec", "Rsa", ""})
        void leavesOutWhatCouldNeverVerify(String keyType) throws MalformedException {
            assertThat(readSet(List.of(with(EC, "kty", keyType)))).allMatch(JwkReaderTest::isIdle);
        }

        @Test
        void leavesOutKeysOfNoTypeAndOfATypeThatIsNoText() throws MalformedException {
            assertThat(readSet(List.of(without(EC, "kty"), with(EC, "kty", 1), with(EC, "kty", List.of("EC")))))
                    .allMatch(JwkReaderTest::isIdle);
        }
    }

    @Nested
    class Section42Use {
        @Test
        void takesKeysForSignaturesAndKeysThatDoNotSay() throws MalformedException {
            assertThat(read(with(EC, "use", "sig")).uses()).containsOnlyKeys(SignatureAlgorithm.ES256);
            assertThat(read(without(EC, "use")).uses()).containsOnlyKeys(SignatureAlgorithm.ES256);
        }

        @ParameterizedTest
        @ValueSource(strings = {"enc", "SIG", "sig ", ""})
        void usesKeysForAnythingElseForNothing(String use) throws MalformedException {
            PublishedKey key = read(with(EC, "use", use));
            assertThat(key.uses()).isEmpty();
            assertThat(key.isRefused()).isFalse();
        }

        @Test
        void usesKeysForNothingWhereTheUseIsNoText() throws MalformedException {
            assertThat(read(with(EC, "use", List.of("sig"))).uses()).isEmpty();
            assertThat(read(with(EC, "use", null)).uses()).isEmpty();
        }
    }

    @Nested
    class Section43KeyOperations {
        @Test
        void takesKeysThatMayVerify() throws MalformedException {
            assertThat(read(with(EC, "key_ops", List.of("verify"))).uses()).isNotEmpty();
            assertThat(read(with(EC, "key_ops", List.of("sign", "verify"))).uses())
                    .isNotEmpty();
        }

        @Test
        void usesKeysThatMayNotForNothing() throws MalformedException {
            assertThat(read(with(EC, "key_ops", List.of("sign"))).uses()).isEmpty();
            assertThat(read(with(EC, "key_ops", List.of())).uses()).isEmpty();
            assertThat(read(with(EC, "key_ops", "verify")).uses()).isEmpty();
            assertThat(read(with(EC, "key_ops", null)).uses()).isEmpty();
        }
    }

    @Nested
    class Section44Algorithm {
        @Test
        void letsALabelledKeyServeItsOneAlgorithm() throws MalformedException {
            PublishedKey key = read(with(RSA, "alg", "PS256"));
            assertThat(key.uses()).containsOnlyKeys(SignatureAlgorithm.PS256);
            assertThat(key.uses().get(SignatureAlgorithm.PS256).algorithm()).isEqualTo(SignatureAlgorithm.PS256);
        }

        @Test
        void letsAKeyWithoutALabelServeWhatItsKindCan() throws MalformedException {
            assertThat(read(without(RSA, "alg")).uses().keySet()).isEqualTo(OF_RSA);
            assertThat(read(without(EC, "alg")).uses()).containsOnlyKeys(SignatureAlgorithm.ES256);
        }

        @ParameterizedTest
        @ValueSource(strings = {"RS256", "ES384", "RSA-OAEP", "HS256", "none", "es256", ""})
        void usesAKeyWhoseLabelItCannotServeForNothing(String algorithm) throws MalformedException {
            PublishedKey key = read(with(EC, "alg", algorithm));
            assertThat(key.uses()).isEmpty();
            assertThat(key.isRefused()).isFalse();
        }

        @Test
        void usesAKeyWhoseLabelIsNoTextForNothing() throws MalformedException {
            assertThat(read(with(EC, "alg", null)).uses()).isEmpty();
            assertThat(read(with(EC, "alg", List.of("ES256"))).uses()).isEmpty();
        }
    }

    @Nested
    class Section45KeyId {
        @Test
        void keepsTheNameAndTheAbsenceOfOne() throws MalformedException {
            assertThat(read(with(EC, "kid", "a\r\nb")).keyId()).isEqualTo("a\r\nb");
            assertThat(read(without(EC, "kid")).keyId()).isEmpty();
        }

        @Test
        void leavesOutKeysWhoseNameNoTokenCanSay() throws MalformedException {
            assertThat(readSet(
                            Arrays.asList(with(EC, "kid", 1), with(EC, "kid", null), with(EC, "kid", List.of("ec")))))
                    .allMatch(JwkReaderTest::isIdle);
            assertThat(readSet(List.of(with(EC, "kid", "k".repeat(257))))).allMatch(JwkReaderTest::isIdle);
            assertThat(readSet(List.of(with(EC, "kid", "k".repeat(256))))).hasSize(1);
        }

        @Test
        void givesTheNameToTheVerificationKey() throws MalformedException {
            assertThat(read(EC.publicJwkMembers())
                            .uses()
                            .get(SignatureAlgorithm.ES256)
                            .keyId())
                    .isEqualTo("ec");
        }
    }

    @Nested
    class Section5Set {
        @Test
        void readsAllKeysInTheirOrder() throws MalformedException {
            assertThat(readSet(List.of(RSA.publicJwkMembers(), EC.publicJwkMembers())))
                    .extracting(PublishedKey::keyId)
                    .containsExactly("rsa", "ec");
            assertThat(readSet(List.of())).isEmpty();
        }

        @Test
        void readsGoodKeysBesideBadOnes() throws MalformedException {
            List<Object> keys = new ArrayList<>(Arrays.asList(1, null, "x", List.of(), Map.of()));
            keys.add(EC.publicJwkMembers());
            assertThat(readSet(keys)).extracting(PublishedKey::keyId).containsExactly("", "ec");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{}", "{\"keys\":null}", "{\"keys\":{}}", "{\"keys\":\"x\"}", "{\"Keys\":[]}", "[]", "x"})
        void refusesWhatIsNoSet(String document) {
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> JwkReader.readSet(document.getBytes(UTF_8), 100))
                    .satisfies(
                            malformed -> assertThat(malformed.isBeyondLimit()).isFalse());
        }

        @Test
        void readsOneHundredKeysAndNoMore() throws MalformedException {
            assertThat(readSet(Collections.nCopies(100, EC.publicJwkMembers()))).hasSize(100);
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> readSet(Collections.nCopies(101, EC.publicJwkMembers())))
                    .satisfies(
                            malformed -> assertThat(malformed.isBeyondLimit()).isTrue());
        }
    }

    /** RFC 7517 §9.2: what was published is no longer private. */
    @Nested
    class Section92PrivateKeys {
        @ParameterizedTest
        @CsvSource({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
        void areRefusedByNameAndServeNothing(String member) throws MalformedException {
            PublishedKey key = read(with(RSA, member, "AQAB"));
            assertThat(key.keyId()).isEqualTo("rsa");
            assertThat(key.isRefused()).isTrue();
            assertThat(key.flaw()).contains("private");
            assertThat(key.uses()).isEmpty();
        }

        @Test
        void areKnownThoughTheirMemberIsEmpty() throws MalformedException {
            assertThat(read(with(EC, "d", null)).isRefused()).isTrue();
        }

        @Test
        void areRefusedWhereverElseTheSetListsThem() throws MalformedException {
            Map<String, Object> leaked = with(RSA, "d", "AQAB");
            List<PublishedKey> keys = readSet(List.of(with(RSA, "kid", "before"), leaked, with(RSA, "kid", "after")));
            assertThat(keys).extracting(PublishedKey::keyId).containsExactly("before", "rsa", "after");
            assertThat(keys).allSatisfy(key -> {
                assertThat(key.flaw()).contains("private");
                assertThat(key.uses()).isEmpty();
            });
        }

        @Test
        void spoilNoOtherKey() throws MalformedException {
            List<PublishedKey> keys = readSet(List.of(with(RSA, "d", "AQAB"), EC.publicJwkMembers()));
            assertThat(keys.get(1).uses()).containsOnlyKeys(SignatureAlgorithm.ES256);
        }

        @Test
        void doNotHinderReadingWhereTheirPublicHalfIsBroken() throws MalformedException {
            Map<String, Object> broken = with(RSA, "d", "AQAB");
            broken.remove("n");
            List<PublishedKey> keys = readSet(List.of(broken, EC.publicJwkMembers()));
            assertThat(keys.get(0).flaw()).contains("private");
            assertThat(keys.get(1).isRefused()).isFalse();
        }
    }
}
