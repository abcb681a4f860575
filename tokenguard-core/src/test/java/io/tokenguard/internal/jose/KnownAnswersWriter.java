package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the file of known answers anew, with new keys whose private halves are forgotten: the argument says where. */
final class KnownAnswersWriter {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] TEXT = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJrbm93biJ9".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_TEXT =
            "eyJhbGciOiJub25lIn0.eyJpc3MiOiJLbm93biJ9".getBytes(StandardCharsets.US_ASCII);

    /** RFC 8017 §9.2, note 1, and the same without the NULL. */
    private static final Map<TestAlgorithm, List<String>> DIGEST_INFOS = Map.of(
            TestAlgorithm.RS256,
            List.of("3031300d060960864801650304020105000420", "302f300b06096086480165030402010420"),
            TestAlgorithm.RS384,
            List.of("3041300d060960864801650304020205000430", "303f300b06096086480165030402020430"),
            TestAlgorithm.RS512,
            List.of("3051300d060960864801650304020305000440", "304f300b06096086480165030402030440"));

    private final Map<TestAlgorithm, TestKey> keys = new LinkedHashMap<>();
    private final List<BouncyKey> others = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Files.writeString(Path.of(arguments[0]), new KnownAnswersWriter().text());
    }

    private String text() throws GeneralSecurityException {
        TestKey rsa = TestKey.generate(TestAlgorithm.RS256, "rsa");
        for (SignatureAlgorithm known : SignatureAlgorithm.defaults()) {
            TestAlgorithm algorithm = TestAlgorithm.valueOf(known.name());
            boolean isRsa =
                    algorithm.name().startsWith("RS") || algorithm.name().startsWith("PS");
            TestKey key = isRsa ? rsa : TestKey.generate(algorithm, algorithm.name());
            keys.put(algorithm, key);
            add(algorithm, key);
        }
        EnumSet.complementOf(EnumSet.copyOf(SignatureAlgorithm.defaults())).stream()
                .filter(algorithm -> !algorithm.isHmac())
                .forEach(this::addOther);
        return keySet() + "\n" + String.join("\n", lines) + "\n";
    }

    private String keySet() {
        List<String> jwks = Stream.concat(
                        keys.values().stream().distinct().map(TestKey::publicJwkWithoutAlg),
                        others.stream().map(BouncyKey::jwk))
                .toList();
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }

    /** Few, for signatures of ML-DSA are long. */
    private void addOther(SignatureAlgorithm algorithm) {
        BouncyKey key = BouncyKey.generate(algorithm, algorithm.name());
        others.add(key);
        byte[] good = key.sign(TEXT);
        line(algorithm.name(), key.keyId(), "good", "plain", TEXT, good);
        line(algorithm.name(), key.keyId(), "bad", "other-text", OTHER_TEXT, good);
        byte[] flipped = good.clone();
        flipped[good.length / 2 + 1] ^= 1;
        line(algorithm.name(), key.keyId(), "bad", "bit-of-octet-" + (good.length / 2 + 1), TEXT, flipped);
    }

    private void add(TestAlgorithm algorithm, TestKey key) throws GeneralSecurityException {
        byte[] good = key.sign(algorithm, TEXT);
        line(algorithm, key, "good", "plain", TEXT, good);
        line(algorithm, key, "good", "empty", new byte[0], key.sign(algorithm, new byte[0]));
        line(algorithm, key, "bad", "other-text", OTHER_TEXT, good);
        for (int at : new int[] {1, good.length / 2 + 1, good.length - 1}) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            line(algorithm, key, "bad", "bit-of-octet-" + at, TEXT, flipped);
        }
        switch (algorithm) {
            case RS256, RS384, RS512 -> addPkcs1(algorithm, key);
            case PS256, PS384, PS512 -> addPss(algorithm, key);
            case ES256, ES384, ES512 -> addEcdsa(algorithm, key, good);
            default -> addEdwards(algorithm, key, good);
        }
    }

    private void addPkcs1(TestAlgorithm algorithm, TestKey key) throws GeneralSecurityException {
        byte[] hash = hash(algorithm);
        byte[] info = join(HexFormat.of().parseHex(DIGEST_INFOS.get(algorithm).get(0)), hash);
        byte[] noNull = join(HexFormat.of().parseHex(DIGEST_INFOS.get(algorithm).get(1)), hash);
        line(algorithm, key, "bad", "no-null", TEXT, RawRsa.sign(key, RawRsa.encode(1, noNull)));
        line(algorithm, key, "bad", "bare-hash", TEXT, RawRsa.sign(key, RawRsa.encode(1, hash)));
        line(algorithm, key, "bad", "block-type-0", TEXT, RawRsa.sign(key, RawRsa.encode(0, info)));
        line(algorithm, key, "bad", "block-type-2", TEXT, RawRsa.sign(key, RawRsa.encode(2, info)));
        line(algorithm, key, "bad", "rubbish-behind", TEXT, RawRsa.sign(key, RawRsa.encodeWithRubbishBehind(info)));
        line(algorithm, key, "bad", "pss", TEXT, key.sign(TestAlgorithm.PS256, TEXT));
    }

    private void addPss(TestAlgorithm algorithm, TestKey key) throws GeneralSecurityException {
        String hash = hashName(algorithm);
        int length = hash(algorithm).length;
        line(algorithm, key, "bad", "no-salt", TEXT, pss(key, hash, hash, 0));
        line(algorithm, key, "bad", "short-salt", TEXT, pss(key, hash, hash, 20));
        line(algorithm, key, "bad", "long-salt", TEXT, pss(key, hash, hash, length + 1));
        line(algorithm, key, "bad", "mask-of-sha-1", TEXT, pss(key, hash, "SHA-1", length));
        line(algorithm, key, "bad", "other-hash", TEXT, pss(key, "SHA-224", "SHA-224", length));
        line(algorithm, key, "bad", "pkcs1", TEXT, key.sign(TestAlgorithm.RS256, TEXT));
    }

    private static byte[] pss(TestKey key, String hash, String mask, int salt) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), salt, 1));
        signature.initSign(key.privateKey());
        signature.update(TEXT);
        return signature.sign();
    }

    /** FIPS 186-5 §6.4: the other S is as good. */
    private void addEcdsa(TestAlgorithm algorithm, TestKey key, byte[] good) throws GeneralSecurityException {
        BigInteger order = ((ECPublicKey) key.publicKey()).getParams().getOrder();
        int half = good.length / 2;
        byte[] r = Arrays.copyOf(good, half);
        byte[] s = Arrays.copyOfRange(good, half, good.length);
        byte[] otherS = fixed(order.subtract(new BigInteger(1, s)), half);
        line(algorithm, key, "good", "other-s", TEXT, join(r, otherS));
        line(algorithm, key, "bad", "exchanged", TEXT, join(s, r));
        line(algorithm, key, "bad", "ones", TEXT, join(fixed(BigInteger.ONE, half), fixed(BigInteger.ONE, half)));
        String hash = algorithm == TestAlgorithm.ES256 ? "SHA512" : "SHA256";
        Signature signature = Signature.getInstance(hash + "withECDSAinP1363Format");
        signature.initSign(key.privateKey());
        signature.update(TEXT);
        line(algorithm, key, "bad", "other-hash", TEXT, signature.sign());
    }

    /** RFC 8032 §5.1.7: S is below the order of the group; S and the order added is the same number once more. */
    private void addEdwards(TestAlgorithm algorithm, TestKey key, byte[] good) {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(good, 32, 64)));
        byte[] larger = reversed(fixed(s.add(order), 32));
        line(algorithm, key, "bad", "large-s", TEXT, join(Arrays.copyOf(good, 32), larger));
        line(algorithm, key, "bad", "zeros", TEXT, new byte[64]);
        byte[] neutral = new byte[64];
        neutral[0] = 1;
        line(algorithm, key, "bad", "neutral", TEXT, neutral);
    }

    private static byte[] hash(TestAlgorithm algorithm) throws GeneralSecurityException {
        return MessageDigest.getInstance(hashName(algorithm)).digest(TEXT);
    }

    private static String hashName(TestAlgorithm algorithm) {
        return "SHA-" + algorithm.name().substring(2);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int kept = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - kept, fixed, length - kept, kept);
        return fixed;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private void line(
            TestAlgorithm algorithm, TestKey key, String verdict, String name, byte[] text, byte[] signature) {
        line(algorithm.name(), key.kid(), verdict, name, text, signature);
    }

    private void line(String algorithm, String keyId, String verdict, String name, byte[] text, byte[] signature) {
        lines.add(String.join(
                " ", algorithm, keyId, verdict, name, BASE64.encodeToString(text), BASE64.encodeToString(signature)));
    }
}
