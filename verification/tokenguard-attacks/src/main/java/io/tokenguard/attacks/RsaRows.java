package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stage G: RSA. The forged messages are signed by the issuer's true key, so that only their shape is wrong. */
final class RsaRows {
    private static final List<TestAlgorithm> PKCS1 =
            List.of(TestAlgorithm.RS256, TestAlgorithm.RS384, TestAlgorithm.RS512);
    private static final List<TestAlgorithm> PSS =
            List.of(TestAlgorithm.PS256, TestAlgorithm.PS384, TestAlgorithm.PS512);
    private static final Expectation INVALID = invalidToken("SIGNATURE_INVALID");
    private static final int LENGTH = 256;

    private RsaRows() {}

    static List<AttackRow> rows() {
        return List.of(g4(), g5(), g6());
    }

    private static AttackRow g4() {
        Map<String, RsaForge.Renumbering> changes = new LinkedHashMap<>();
        changes.put("a zero ahead", (s, n) -> Numbers.octets(s, LENGTH + 1));
        changes.put("a zero behind", (s, n) -> Pkcs1.join(Numbers.octets(s, LENGTH), new byte[1]));
        changes.put("the last octet missing", (s, n) -> Arrays.copyOf(Numbers.octets(s, LENGTH), LENGTH - 1));
        changes.put("n added", (s, n) -> Numbers.unsigned(s.add(n)));
        changes.put("n added, one octet longer", (s, n) -> Numbers.octets(s.add(n), LENGTH + 1));
        changes.put("negated", (s, n) -> Numbers.octets(n.subtract(s), LENGTH));
        changes.put("0", (s, n) -> new byte[LENGTH]);
        changes.put("1", (s, n) -> Numbers.octets(BigInteger.ONE, LENGTH));
        changes.put("n - 1", (s, n) -> Numbers.octets(n.subtract(BigInteger.ONE), LENGTH));
        changes.put("n", (s, n) -> Numbers.octets(n, LENGTH));
        changes.put("n + 1", (s, n) -> Numbers.octets(n.add(BigInteger.ONE), LENGTH));
        changes.put("all ones", (s, n) -> ones());
        changes.put("twice", (s, n) -> Pkcs1.join(Numbers.octets(s, LENGTH), Numbers.octets(s, LENGTH)));
        AttackRow.Builder row =
                row("G4", "A signature is as long as the modulus and less than it", "RFC 8017 §8.1.2, §8.2.2", INVALID);
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            if (PKCS1.contains(algorithm) || PSS.contains(algorithm)) {
                changes.forEach((variant, change) -> row.token(
                        variant + ", " + algorithm.joseName(), bench -> RsaForge.renumbered(bench, algorithm, change)));
            }
        }
        return row.token(
                        "zeros left out, RS256",
                        bench -> Forge.until(
                                token -> CompactToken.parse(token).signatureBytes().length < LENGTH,
                                () -> RsaForge.renumbered(bench, TestAlgorithm.RS256, (s, n) -> Numbers.unsigned(s))))
                .build();
    }

    private static byte[] ones() {
        byte[] ones = new byte[LENGTH];
        Arrays.fill(ones, (byte) 0xFF);
        return ones;
    }

    /** Makes an encoded message of a signing input. */
    @FunctionalInterface
    private interface Encoding {
        byte[] encode(String hash, byte[] input);
    }

    private static AttackRow g5() {
        Map<String, Encoding> wrong = new LinkedHashMap<>(padding());
        wrong.putAll(digestInfos());
        AttackRow.Builder row = row(
                "G5",
                "Padding and DigestInfo are exactly those of PKCS #1 v1.5",
                "RFC 8017 §8.2.2; Bleichenbacher 2006",
                INVALID);
        wrong.forEach((variant, encoding) ->
                row.tokenOfEach(variant, PKCS1, (bench, algorithm) -> encoded(bench, algorithm, encoding)));
        return row.tokenOfEach(
                        "a PSS signature",
                        PKCS1,
                        (bench, algorithm) -> encoded(
                                bench,
                                algorithm,
                                (hash, input) -> Pss.honest(hash).encode(input)))
                .expecting(pass())
                .tokenOfEach(
                        "as it must be",
                        PKCS1,
                        (bench, algorithm) ->
                                encoded(bench, algorithm, (hash, input) -> Pkcs1.honest(hash, input, LENGTH)))
                .expecting(INVALID)
                .withOwnIssuer()
                .token("cube root without the private key", RsaRows::cubeRoot)
                .build();
    }

    private static String encoded(AttackBench bench, TestAlgorithm algorithm, Encoding encoding) {
        String hash = Hashes.nameFor(algorithm);
        return RsaForge.withEncodedMessage(bench, algorithm, input -> encoding.encode(hash, input));
    }

    private static Map<String, Encoding> padding() {
        Map<String, Encoding> wrong = new LinkedHashMap<>();
        wrong.put("block type 0", (hash, input) -> Pkcs1.with(Pkcs1.honest(hash, input, LENGTH), 1, 0));
        wrong.put("block type 2", (hash, input) -> Pkcs1.with(Pkcs1.honest(hash, input, LENGTH), 1, 2));
        wrong.put("first octet not zero", (hash, input) -> Pkcs1.with(Pkcs1.honest(hash, input, LENGTH), 0, 1));
        wrong.put("first octet of padding", (hash, input) -> Pkcs1.with(Pkcs1.honest(hash, input, LENGTH), 2, 0xFE));
        wrong.put("a zero within the padding", (hash, input) -> Pkcs1.with(Pkcs1.honest(hash, input, LENGTH), 20, 0));
        wrong.put("last octet of padding", (hash, input) -> {
            byte[] info = Pkcs1.digestInfo(hash, Hashes.digest(hash, input));
            return Pkcs1.with(Pkcs1.padded(info, LENGTH), LENGTH - info.length - 2, 0xFE);
        });
        wrong.put("no separator", (hash, input) -> {
            byte[] info = Pkcs1.digestInfo(hash, Hashes.digest(hash, input));
            return Pkcs1.with(Pkcs1.padded(info, LENGTH), LENGTH - info.length - 1, 0xFF);
        });
        wrong.put(
                "rubbish behind the digest",
                (hash, input) -> Pkcs1.withRubbishBehind(Pkcs1.digestInfo(hash, Hashes.digest(hash, input)), LENGTH));
        wrong.put(
                "zeros behind the digest",
                (hash, input) -> Pkcs1.padded(
                        Pkcs1.join(Pkcs1.digestInfo(hash, Hashes.digest(hash, input)), new byte[8]), LENGTH));
        wrong.put("digest alone", (hash, input) -> Pkcs1.padded(Hashes.digest(hash, input), LENGTH));
        wrong.put("digest without padding", (hash, input) -> Hashes.digest(hash, input));
        return wrong;
    }

    private static Map<String, Encoding> digestInfos() {
        Map<String, Encoding> wrong = new LinkedHashMap<>();
        wrong.put(
                "no NULL",
                (hash, input) -> respelt(hash, input, "0d06096086480165030402%x0500", "0b06096086480165030402%x", -2));
        wrong.put(
                "NULL with content",
                (hash, input) ->
                        respelt(hash, input, "0d06096086480165030402%x0500", "0e06096086480165030402%x050100", 1));
        wrong.put(
                "other parameters",
                (hash, input) ->
                        respelt(hash, input, "0d06096086480165030402%x0500", "0d06096086480165030402%x0400", 0));
        wrong.put(
                "rubbish among the parameters",
                (hash, input) -> respelt(
                        hash, input, "0d06096086480165030402%x0500", "1106096086480165030402%x05000402aaaa", 4));
        wrong.put(
                "another hash's identifier",
                (hash, input) -> respelt(hash, input, "06096086480165030402%x", "06096086480165030402ff", 0));
        wrong.put("SHA-1", (hash, input) -> Pkcs1.honest("SHA-1", input, LENGTH));
        wrong.put(
                "digest cut",
                (hash, input) ->
                        Pkcs1.padded(Pkcs1.digestInfo(hash, Arrays.copyOf(Hashes.digest(hash, input), 16)), LENGTH));
        wrong.put("long form of a length", (hash, input) -> {
            byte[] info = Pkcs1.digestInfo(hash, Hashes.digest(hash, input));
            byte[] longer = Pkcs1.join(new byte[] {0x30, (byte) 0x81}, Arrays.copyOfRange(info, 1, info.length));
            return Pkcs1.padded(longer, LENGTH);
        });
        wrong.put(
                "another hash of the family",
                (hash, input) -> Pkcs1.honest(hash.equals("SHA-256") ? "SHA-512" : "SHA-256", input, LENGTH));
        return wrong;
    }

    /** The DigestInfo with a part of its prefix spelt otherwise and its outer length made to fit. */
    private static byte[] respelt(String hash, byte[] input, String from, String to, int longer) {
        String identifier = switch (hash) {
            case "SHA-256" -> "01";
            case "SHA-384" -> "02";
            default -> "03";
        };
        String prefix = HexFormat.of().formatHex(Pkcs1.prefix(hash));
        byte[] respelt =
                HexFormat.of().parseHex(prefix.replace(from.replace("%x", identifier), to.replace("%x", identifier)));
        respelt[1] += (byte) longer;
        return Pkcs1.padded(Pkcs1.join(respelt, Hashes.digest(hash, input)), LENGTH);
    }

    /** Where the exponent is 3, a cube that only begins as it should is easily found. */
    private static String cubeRoot(AttackBench bench) {
        RsaPair pair = RsaPair.ofLength(2_048, BigInteger.valueOf(3));
        bench.issuer().publishJwk(TestJson.write(pair.jwk("three")));
        return RsaForge.signed(bench.token().header("kid", "three"), "RS256", input -> {
            byte[] start =
                    Pkcs1.withRubbishBehind(Pkcs1.digestInfo("SHA-256", Hashes.digest("SHA-256", input)), LENGTH);
            return Numbers.octets(cubeRootOf(Numbers.of(start)), LENGTH);
        });
    }

    private static BigInteger cubeRootOf(BigInteger number) {
        BigInteger root = BigInteger.ZERO;
        for (int bit = number.bitLength() / 3 + 1; bit >= 0; bit--) {
            BigInteger larger = root.setBit(bit);
            if (larger.pow(3).compareTo(number) <= 0) {
                root = larger;
            }
        }
        return root;
    }

    private static AttackRow g6() {
        AttackRow.Builder row = row(
                "G6",
                "PSS has one hash, one mask, one length of salt, one trailer",
                "RFC 7518 §3.5, RFC 8017 §9.1.2",
                INVALID);
        for (TestAlgorithm algorithm : PSS) {
            shapes(Pss.honest(Hashes.nameFor(algorithm)))
                    .forEach((variant, shape) -> row.token(
                            variant + ", " + algorithm.joseName(),
                            bench -> RsaForge.withEncodedMessage(bench, algorithm, shape::encode)));
        }
        return row.tokenOfEach(
                        "a PKCS #1 v1.5 signature",
                        PSS,
                        (bench, algorithm) ->
                                encoded(bench, algorithm, (hash, input) -> Pkcs1.honest(hash, input, LENGTH)))
                .expecting(pass())
                .tokenOfEach(
                        "as it must be",
                        PSS,
                        (bench, algorithm) -> encoded(
                                bench,
                                algorithm,
                                (hash, input) -> Pss.honest(hash).encode(input)))
                .build();
    }

    private static Map<String, Pss> shapes(Pss honest) {
        String other = honest.hash().equals("SHA-256") ? "SHA-512" : "SHA-256";
        Map<String, Pss> shapes = new LinkedHashMap<>();
        shapes.put("no salt", honest.salt(0));
        shapes.put("salt of 20 octets", honest.salt(20));
        shapes.put("salt one octet shorter", honest.salt(honest.saltLength() - 1));
        shapes.put("salt one octet longer", honest.salt(honest.saltLength() + 1));
        shapes.put("other mask", honest.mask(other));
        shapes.put("mask by SHA-1", honest.mask("SHA-1"));
        shapes.put("other hash", honest.hash(other));
        shapes.put("other hash and mask", honest.hash(other).mask(other));
        shapes.put("trailer CC", honest.trailer(0xCC));
        shapes.put("trailer 0", honest.trailer(0));
        shapes.put("separator 2", honest.separator(2));
        shapes.put("padding not zero", honest.padding(0x40));
        return shapes;
    }
}
