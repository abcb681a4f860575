package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TokenBuilder;
import java.util.List;
import java.util.Map;

/** Stage K: JWTs of the same issuer that are no access tokens. */
final class KindRows {
    private static final Expectation TYPE = invalidToken("TYPE_MISMATCH", "NOT_AN_ACCESS_TOKEN");
    private static final Expectation AUDIENCE = invalidToken("AUDIENCE_MISMATCH");

    private KindRows() {}

    static List<AttackRow> rows() {
        return List.of(k1(), k2(), k3(), k4(), k5(), k6(), k7(), k8(), k9(), k10());
    }

    private static AttackRow k1() {
        return row("K1", "An ID token is no access token", "RFC 9068 §5, RFC 8725 §3.11", TYPE)
                .tokenOfEach(
                        "for the client",
                        (bench, algorithm) ->
                                idToken(bench, algorithm, "test-client").sign())
                .tokenOfEach(
                        "for this API",
                        (bench, algorithm) ->
                                idToken(bench, algorithm, AttackBench.AUDIENCE).sign())
                .token(
                        "without a type",
                        bench -> idToken(bench, TestAlgorithm.ES256, AttackBench.AUDIENCE)
                                .type(null)
                                .sign())
                .under(GuardProfile.GENERIC)
                .expecting(TYPE)
                .token(
                        "for the client, where types are not checked",
                        bench -> idToken(bench, TestAlgorithm.RS256, "test-client")
                                .sign())
                .build();
    }

    private static TokenBuilder idToken(AttackBench bench, TestAlgorithm algorithm, String audience) {
        return bench.token(algorithm)
                .type("JWT")
                .audience(audience)
                .withoutClaim("client_id")
                .withoutClaim("jti")
                .claim("nonce", "n-0S6_WzA2Mj")
                .claim("azp", "test-client")
                .claim("at_hash", "77QmUPtjPfzWtF2AnpK9RQ")
                .claim("auth_time", bench.now());
    }

    private static AttackRow k2() {
        return row("K2", "A logout token is no access token", "OpenID Connect Back-Channel Logout 1.0 §2.4", TYPE)
                .tokenOfEach(
                        "with its type",
                        (bench, algorithm) -> logout(bench.token(algorithm)).sign())
                .token("as JWT", bench -> logout(bench.token()).type("JWT").sign())
                .token(
                        "with application/",
                        bench -> logout(bench.token())
                                .type("application/logout+jwt")
                                .sign())
                .build();
    }

    private static TokenBuilder logout(TokenBuilder token) {
        return token.type("logout+jwt")
                .claim("sid", "s1")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    private static AttackRow k3() {
        return row("K3", "A proof of possession is no access token", "RFC 9449 §4.2", TYPE)
                .tokenOfEach(
                        "claims of an access token",
                        (bench, algorithm) ->
                                bench.token(algorithm).type("dpop+jwt").sign())
                .expecting(invalidToken("ISSUER_UNKNOWN"))
                .tokenOfEach(
                        "as a client makes it",
                        (bench, algorithm) -> bench.issuer()
                                .token()
                                .key(bench.attackersKey(algorithm))
                                .algorithm(algorithm)
                                .type("dpop+jwt")
                                .header("jwk", bench.attackersKey(algorithm).publicJwkMembers())
                                .rawPayload(
                                        "{\"jti\":\"1\",\"htm\":\"GET\",\"htu\":\"https://api.example.com/api/me\",\"iat\":"
                                                + bench.now() + "}")
                                .sign())
                .build();
    }

    private static AttackRow k4() {
        return row("K4", "A client's assertion is no access token", "RFC 7523 §3", TYPE)
                .token("as JWT", bench -> assertion(bench).type("JWT").sign())
                .token("without a type", bench -> assertion(bench).type(null).sign())
                .token(
                        "with its type",
                        bench -> assertion(bench)
                                .type("client-authentication+jwt")
                                .sign())
                .expecting(AUDIENCE)
                .token(
                        "with the type of an access token",
                        bench -> assertion(bench).sign())
                .expecting(invalidToken("ISSUER_UNKNOWN"))
                .token(
                        "issued by the client",
                        bench -> assertion(bench).issuer("test-client").sign())
                .build();
    }

    private static TokenBuilder assertion(AttackBench bench) {
        return bench.token().subject("test-client").audience(bench.issuer().issuer());
    }

    private static AttackRow k5() {
        return ofTypes(
                "K5",
                "An answer of introspection or UserInfo is no access token",
                "RFC 9701 §5",
                List.of("token-introspection+jwt", "application/token-introspection+jwt", "JWT", "userinfo+jwt"));
    }

    private static AttackRow k6() {
        return ofTypes(
                "K6",
                "A request object or an authorization response is no access token",
                "RFC 9101 §10.8, JARM",
                List.of("oauth-authz-req+jwt", "application/oauth-authz-req+jwt", "jarm+jwt", "JWT"));
    }

    private static AttackRow ofTypes(String id, String sentence, String source, List<String> types) {
        return row(id, sentence, source, TYPE)
                .tokenWithEach(
                        "",
                        types,
                        (bench, type) -> bench.token()
                                .type(type)
                                .claim("active", true)
                                .claim("response_type", "code")
                                .sign())
                .build();
    }

    private static AttackRow k7() {
        return row("K7", "A refresh token is no access token", "formats of real issuers", TYPE)
                .tokenWithEach(
                        "payload says",
                        List.of("Refresh", "Offline", "Bearer"),
                        (bench, type) ->
                                bench.token().type("JWT").claim("typ", type).sign())
                .expecting(AUDIENCE)
                .token(
                        "for the issuer itself",
                        bench -> bench.token()
                                .audience(bench.issuer().issuer())
                                .claim("typ", "Refresh")
                                .sign())
                .build();
    }

    private static AttackRow k8() {
        return ofTypes(
                "K8",
                "A security event or a status list is no access token",
                "RFC 8417 §2.3",
                List.of(
                        "secevent+jwt",
                        "application/secevent+jwt",
                        "statuslist+jwt",
                        "vc+sd-jwt",
                        "dc+sd-jwt",
                        "kb+jwt",
                        "entity-statement+jwt"));
    }

    private static AttackRow k9() {
        return row("K9", "Another API's access token is not for this one", "CVE-2023-22482", AUDIENCE)
                .tokenOfEach(
                        "other audience",
                        (bench, algorithm) -> bench.token(algorithm)
                                .audience("https://other.example.com")
                                .sign())
                .tokenOfEach(
                        "several other audiences",
                        (bench, algorithm) -> bench.token(algorithm)
                                .audience(
                                        "https://other.example.com",
                                        bench.issuer().issuer())
                                .sign())
                .token(
                        "this API as the client",
                        bench -> bench.token()
                                .audience("https://other.example.com")
                                .clientId(AttackBench.AUDIENCE)
                                .claim("azp", AttackBench.AUDIENCE)
                                .claim("resource", AttackBench.AUDIENCE)
                                .sign())
                .under(GuardProfile.GENERIC)
                .tokenOfEach(
                        "other audience, where little is checked",
                        (bench, algorithm) -> bench.token(algorithm)
                                .audience("https://other.example.com")
                                .sign())
                .expecting(pass())
                .tokenOfEach(
                        "this audience, where little is checked",
                        (bench, algorithm) -> bench.token(algorithm).type("JWT").sign())
                .build();
    }

    private static AttackRow k10() {
        AttackRow.Builder row = row(
                        "K10",
                        "Where the type is given up, an access token still has a sign of a client or a scope, and no sign of another kind",
                        "RFC 8725 §3.12",
                        TYPE)
                .under(GuardProfile.GENERIC);
        for (String claim : List.of("nonce", "at_hash", "c_hash", "s_hash", "events")) {
            row.token(
                    claim, bench -> bench.token().type("JWT").claim(claim, "x").sign());
        }
        row.expecting(invalidToken("CLAIM_MISSING"))
                .token(
                        "no sign",
                        bench -> bench.token()
                                .type("JWT")
                                .withoutClaim("client_id")
                                .sign())
                .expecting(pass())
                .tokenOfEach(
                        "client",
                        (bench, algorithm) -> bench.token(algorithm).type("JWT").sign())
                .token(
                        "scope",
                        bench -> bench.token()
                                .type(null)
                                .withoutClaim("client_id")
                                .scope("x")
                                .sign());
        row.under(GuardProfile.KEYCLOAK).expecting(TYPE);
        for (String type : List.of("Refresh", "Offline", "ID", "Logout", "bearer", "Bearer ", "", "at+jwt")) {
            row.token(
                    "payload says '" + type + "'",
                    bench -> keycloak(bench).claim("typ", type).sign());
        }
        return row.token("payload does not say", bench -> keycloak(bench).sign())
                .token(
                        "payload says so in a list",
                        bench -> keycloak(bench).claim("typ", List.of("Bearer")).sign())
                .expecting(pass())
                .token(
                        "payload says 'Bearer'",
                        bench -> keycloak(bench).claim("typ", "Bearer").sign())
                .build();
    }

    private static TokenBuilder keycloak(AttackBench bench) {
        return bench.token().type("JWT").withoutClaim("client_id").claim("azp", "test-client");
    }
}
