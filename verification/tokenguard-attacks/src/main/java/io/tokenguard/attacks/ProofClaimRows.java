package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidProof;
import static io.tokenguard.attacks.Expectation.pass;
import static io.tokenguard.attacks.Expectation.unknownTarget;

import io.tokenguard.testkit.DpopProofBuilder;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stage L: what proofs are for (RFC 9449 §4.3). The rows whose attacks need several answers, L19 to L26 and L29, are tests of
 * their own.
 */
final class ProofClaimRows {
    private static final String HOST = "https://api.example.com";

    private ProofClaimRows() {}

    static List<AttackRow> rows() {
        return List.of(l11(), l12(), l13(), l14(), l15(), l16(), l17(), l18(), l27(), l28(), l30());
    }

    private static AttackRow.Builder proofRow(String id, String sentence, String source) {
        return row(id, sentence, source, invalidProof()).under(GuardProfile.PUBLIC_ADDRESS);
    }

    private static RawRequest with(AttackBench bench, String claim, @Nullable Object value) {
        return ProofForge.proven(bench, proof -> proof.claim(claim, value));
    }

    private static RawRequest without(AttackBench bench, String claim) {
        return ProofForge.proven(bench, proof -> proof.withoutClaim(claim));
    }

    private static AttackRow l11() {
        AttackRow.Builder row = proofRow("L11", "A proof is for one method, to the letter", "RFC 9449 §4.3 step 8");
        for (String method : List.of("POST", "get", "Get", "", "GET ", "GET,POST", "*")) {
            row.attack("'" + method + "'", bench -> with(bench, "htm", method));
        }
        return row.attack("a number", bench -> with(bench, "htm", 1))
                .attack("a list", bench -> with(bench, "htm", List.of("GET")))
                .attack("none", bench -> without(bench, "htm"))
                .build();
    }

    private static AttackRow l12() {
        AttackRow.Builder row = proofRow("L12", "A proof is for one address", "RFC 9449 §4.3 step 9");
        for (String address : List.of(
                "http://api.example.com/api/me",
                "https://api.example.org/api/me",
                "https://api.example.com.evil.example/api/me",
                "https://evil.example/api/me",
                "https://api.example.com:444/api/me",
                "https://api.example.com/api/orders",
                "https://api.example.com/api/me/",
                "https://api.example.com/API/ME",
                "https://api.example.com//api/me",
                "https://api.example.com/",
                "https://api.example.com",
                "https://user@api.example.com/api/me",
                "https://api.example.com@evil.example/api/me",
                "https://api.example.com\\@evil.example/api/me",
                "//api.example.com/api/me",
                "/api/me",
                "api.example.com/api/me",
                "",
                " https://api.example.com/api/me")) {
            row.attack("'" + address + "'", bench -> with(bench, "htu", address));
        }
        return row.attack("beyond all limits", bench -> with(bench, "htu", HOST + "/" + "x".repeat(4_096)))
                .attack("a number", bench -> with(bench, "htu", 1))
                .attack("a list", bench -> with(bench, "htu", List.of(ProofForge.TARGET)))
                .attack("none", bench -> without(bench, "htu"))
                .build();
    }

    private static AttackRow l13() {
        AttackRow.Builder row = row(
                        "L13", "Addresses are compared in one form", "RFC 9449 §4.3; RFC 3986 §6.2.2, §6.2.3", pass())
                .under(GuardProfile.PUBLIC_ADDRESS);
        for (String address : List.of(
                "https://api.example.com/api/me",
                "HTTPS://API.EXAMPLE.COM/api/me",
                "https://api.example.com:443/api/me",
                "https://api.example.com:/api/me",
                "https://api.example.com/%61pi/m%65",
                "https://api.example.com/a%70i/%6De")) {
            row.attack(address, bench -> with(bench, "htu", address));
        }
        return row.build();
    }

    private static AttackRow l14() {
        AttackRow.Builder row = row("L14", "Query and fragment do not count", "RFC 9449 §4.3 step 9", pass())
                .under(GuardProfile.PUBLIC_ADDRESS);
        for (String rest : List.of("?a=1", "?", "#x", "#", "?a#b")) {
            row.attack(rest, bench -> with(bench, "htu", ProofForge.TARGET + rest));
        }
        return row.attack(
                        "of the request",
                        bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                .query("a=1"))
                .build();
    }

    private static AttackRow l15() {
        AttackRow.Builder row = proofRow("L15", "Dot segments lead where they lead", "RFC 3986 §6.2.2.3");
        for (String path : List.of("/api/me/../orders", "/api/me/..", "/api/x/%2e%2e/me/.", "/api/me/x/../../x/..")) {
            row.attack(path, bench -> with(bench, "htu", HOST + path));
        }
        row.expecting(pass());
        for (String path : List.of("/api/x/../me", "/./api/me", "/../api/me", "/api/%2E%2e/api/me")) {
            row.attack(path, bench -> with(bench, "htu", HOST + path));
        }
        return row.build();
    }

    private static AttackRow l16() {
        AttackRow.Builder row = row(
                "L16",
                "Only trusted proxies tell the address, and only clearly",
                "RFC 7239 §8; CVE-2024-45806",
                invalidProof());
        List<RawRequest.Header> spoofs = List.of(
                new RawRequest.Header("X-Forwarded-Host", "evil.example"),
                new RawRequest.Header("Forwarded", "host=evil.example;proto=https"));
        for (RawRequest.Header spoof : spoofs) {
            row.under(GuardProfile.PUBLIC_ADDRESS)
                    .expecting(invalidProof())
                    .attack(
                            "a proof for elsewhere and " + spoof.name(),
                            bench -> with(bench, "htu", "https://evil.example/api/me")
                                    .header(spoof.name(), spoof.value()))
                    .expecting(pass())
                    .attack(
                            "a good proof and " + spoof.name(),
                            bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                    .header(spoof.name(), spoof.value()));
        }
        return addProxied(row).build();
    }

    private static AttackRow.Builder addProxied(AttackRow.Builder row) {
        row.under(GuardProfile.PROXIED)
                .expecting(pass())
                .attack(
                        "the proxy tells",
                        bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "api.example.com"))
                .attack(
                        "the proxy tells by the standard",
                        bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                .header("Forwarded", "for=192.0.2.1;proto=https;host=api.example.com"))
                .expecting(invalidProof())
                .attack(
                        "the proxy tells another host",
                        bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "evil.example"))
                .attack(
                        "the client tells, and the proxy appends another host",
                        bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "api.example.com, evil.example"))
                .attack(
                        "the client tells in a line of its own",
                        bench -> ProofForge.proven(bench, UnaryOperator.identity())
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "api.example.com")
                                .header("X-Forwarded-Host", "evil.example"))
                .expecting(unknownTarget());
        for (RawRequest.Header unclear : List.of(
                new RawRequest.Header("X-Forwarded-Host", "evil example"),
                new RawRequest.Header("Forwarded", "host=evil.example;proto=https"),
                new RawRequest.Header("Forwarded", "host=api.example.com, host=evil.example"))) {
            row.attack(
                    "two values, " + unclear.name() + ": " + unclear.value(),
                    bench -> ProofForge.proven(bench, UnaryOperator.identity())
                            .header("X-Forwarded-Proto", "https")
                            .header("X-Forwarded-Host", "api.example.com")
                            .header(unclear.name(), unclear.value()));
        }
        return row;
    }

    private static AttackRow l17() {
        AttackRow.Builder row = proofRow("L17", "A proof is good for a minute", "RFC 9449 §4.3 step 11, §11.1");
        for (long seconds : new long[] {-61, -3_600, 6, 3_600, 1_000_000_000_000L}) {
            row.attack(seconds + " seconds from now", bench -> with(bench, "iat", bench.now() + seconds));
        }
        row.attack("none", bench -> without(bench, "iat"))
                .attack("a text", bench -> with(bench, "iat", String.valueOf(bench.now())))
                .attack("a fraction of a second too early", bench -> with(bench, "iat", bench.now() + 6.5))
                .attack("milliseconds", bench -> with(bench, "iat", bench.now() * 1_000))
                .attack("negative", bench -> with(bench, "iat", -bench.now()))
                .attack("the greatest number", bench -> with(bench, "iat", Long.MAX_VALUE))
                .attack("null", bench -> with(bench, "iat", null))
                .expecting(pass());
        for (long seconds : new long[] {-59, 0, 5}) {
            row.attack(seconds + " seconds from now", bench -> with(bench, "iat", bench.now() + seconds));
        }
        return row.build();
    }

    private static AttackRow l18() {
        return proofRow("L18", "A proof has an identifier of a bounded length", "RFC 9449 §4.2")
                .attack("none", bench -> without(bench, "jti"))
                .attack("an empty one", bench -> with(bench, "jti", ""))
                .attack("of 257 characters", bench -> with(bench, "jti", "x".repeat(257)))
                .attack("a number", bench -> with(bench, "jti", 1))
                .attack("null", bench -> with(bench, "jti", null))
                .expecting(pass())
                .attack("of 256 characters", bench -> with(bench, "jti", UUID.randomUUID() + "x".repeat(220)))
                .build();
    }

    private static AttackRow l27() {
        return proofRow("L27", "A proof is for one token", "RFC 9449 §4.3 step 12, §7")
                .attack("none", bench -> without(bench, "ath"))
                .attack("of another token", bench -> ProofForge.proven(bench, proof -> proof.forToken("other")))
                .attack("empty", bench -> with(bench, "ath", ""))
                .attack("a number", bench -> with(bench, "ath", 1))
                .attack("padded", bench -> hashed(bench, "="))
                .attack("with more behind it", bench -> hashed(bench, "A"))
                .attack("the token itself", bench -> {
                    String token = ProofForge.boundToken(bench).sign();
                    return ProofForge.present(token)
                            .header(
                                    "DPoP",
                                    ProofForge.proof(bench, ProofForge.holder(), token)
                                            .claim("ath", token.substring(0, 43))
                                            .sign());
                })
                .build();
    }

    private static RawRequest hashed(AttackBench bench, String more) {
        String token = ProofForge.boundToken(bench).sign();
        DpopProofBuilder proof = ProofForge.proof(bench, ProofForge.holder(), token);
        return ProofForge.present(token)
                .header("DPoP", proof.claim("ath", Hashes.ofToken(token) + more).sign());
    }

    private static AttackRow l28() {
        return proofRow("L28", "A proof for the token endpoint opens no resource", "RFC 9449 §4.3")
                .attack(
                        "sent once more",
                        bench -> ProofForge.proven(
                                bench,
                                proof -> proof.claim("htm", "POST")
                                        .claim("htu", "https://as.example.com/token")
                                        .withoutClaim("ath")))
                .attack("for this address", bench -> without(bench, "ath"))
                .build();
    }

    private static AttackRow l30() {
        return proofRow("L30", "A proof ends when it says so", "RFC 7519 §4.1.4, §4.1.5")
                .attack("exp now", bench -> with(bench, "exp", bench.now()))
                .attack("exp past", bench -> with(bench, "exp", bench.now() - 1))
                .attack("exp a text", bench -> with(bench, "exp", "9999999999"))
                .attack("nbf to come", bench -> with(bench, "nbf", bench.now() + 6))
                .attack("nbf a text", bench -> with(bench, "nbf", ""))
                .attack("a nonce that is no text", bench -> with(bench, "nonce", 1))
                .expecting(pass())
                .attack("nbf null", bench -> with(bench, "nbf", null))
                .attack("exp null", bench -> with(bench, "exp", null))
                .attack("nonce null", bench -> with(bench, "nonce", null))
                .attack("nonce empty", bench -> with(bench, "nonce", ""))
                .attack("exp to come", bench -> with(bench, "exp", bench.now() + 1))
                .build();
    }
}
