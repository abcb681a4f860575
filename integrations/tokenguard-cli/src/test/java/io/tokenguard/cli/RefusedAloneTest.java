package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TokenBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code explain} shows no properties that accept tokens other than access tokens for this API. */
class RefusedAloneTest {
    private static final String KEYCLOAK = "https://sso.example.com/realms/demo";
    private static final String ENTRA = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private final Sample sample;

    RefusedAloneTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private static CliResult explain(TokenBuilder token) {
        return CliCall.run(token.sign(), "explain", "--at", Sample.AT);
    }

    private static Arguments other(String name, UnaryOperator<TokenBuilder> claims, String kind) {
        return Arguments.of(name, claims, kind);
    }

    private static TokenBuilder keycloak(TokenBuilder token, String kind) {
        return token.type("JWT")
                .issuer(KEYCLOAK)
                .withoutClaim("client_id")
                .audience("web")
                .claim("azp", "web")
                .claim("typ", kind)
                .claim("sid", "s");
    }

    private static TokenBuilder ofLogin(TokenBuilder token, String issuer) {
        return token.type(null)
                .issuer(issuer)
                .withoutClaim("client_id")
                .audience("orders-client")
                .claim("auth_time", 1)
                .claim("sid", "x");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                other("Keycloak, ID", token -> keycloak(token, "ID"), "an ID token"),
                other("Keycloak, ID, hash", token -> keycloak(token, "ID").claim("at_hash", "h"), "an ID token"),
                other(
                        "Keycloak, ID, own domain",
                        token -> keycloak(token, "ID").issuer("https://id.example.com"),
                        "an ID token"),
                other(
                        "Keycloak, refresh",
                        token -> keycloak(token, "Refresh").audience(KEYCLOAK).claim("scope", "openid"),
                        "a refresh token"),
                other(
                        "Keycloak, refresh, own domain",
                        token -> keycloak(token, "Refresh")
                                .issuer("https://id.example.com")
                                .claim("scope", "openid"),
                        "a refresh token"),
                other(
                        "Keycloak, offline",
                        token -> keycloak(token, "Offline").claim("scope", "openid"),
                        "a refresh token"),
                other("Keycloak, logout", token -> keycloak(token, "Logout"), "a logout token"),
                other(
                        "Spring Authorization Server",
                        token -> ofLogin(token, "https://auth.example.com").claim("azp", "orders-client"),
                        "an ID token"),
                other(
                        "Spring Authorization Server, no login",
                        token -> token.type(null)
                                .withoutClaim("client_id")
                                .audience("orders-client")
                                .claim("azp", "orders-client"),
                        "an ID token"),
                other(
                        "Duende",
                        token -> ofLogin(token, "https://id.example.com").claim("amr", List.of("pwd")),
                        "an ID token"),
                other("Okta", token -> ofLogin(token, "https://example.okta.com/oauth2/default"), "an ID token"),
                other("Ping", token -> ofLogin(token, "https://auth.pingone.eu/1/as"), "an ID token"),
                other(
                        "Auth0",
                        token -> ofLogin(token, "https://shop.auth0.com/").claim("nonce", "n"),
                        "an ID token"),
                other(
                        "authentik",
                        token -> ofLogin(token, "https://auth.example.com/application/o/orders/")
                                .claim("azp", "orders-client")
                                .claim("nonce", "n"),
                        "an ID token"),
                other(
                        "Cognito",
                        token -> ofLogin(token, "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example")
                                .claim("token_use", "id"),
                        "an ID token"),
                other("Entra", token -> ofLogin(token, ENTRA).claim("tid", "t").claim("ver", "2.0"), "an ID token"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void sayWhatTheTokenIs(String name, UnaryOperator<TokenBuilder> claims, String kind) {
        CliResult result = explain(claims.apply(sample.token().withoutClaim("scope")));
        assertThat(result.out())
                .contains("this looks like " + kind + ": send the access token")
                .doesNotContain("tokenguard.")
                .doesNotContain("accept it");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void neverProposeTheGenericDialectWhereTheServerIsKnown() {
        CliResult result =
                explain(keycloak(sample.token(), "RegistrationAccessToken").claim("scope", "a"));
        assertThat(result.out()).contains("With them it is refused").doesNotContain("generic");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void nameTheProductByItsAddress() {
        assertThat(explain(ofLogin(sample.token(), "https://auth.example.com/application/o/orders/")
                                .claim("azp", "orders-client"))
                        .out())
                .doesNotContain("Auth0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "realm-management", "broker"})
    void proposeNoAudienceOfKeycloakItself(String audience) {
        CliResult result = explain(keycloak(sample.token(), "Bearer").audience(audience));
        assertThat(result.out())
                .contains("the audience " + audience + " is that of another API: add an audience mapper")
                .doesNotContain("tokenguard.audiences=" + audience);
        assertThat(result.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {GRAPH, "https://graph.microsoft.com/", "https://management.azure.com"})
    void proposeNoAudienceOfMicrosoft(String audience) {
        CliResult result = explain(sample.token()
                .type("JWT")
                .issuer(ENTRA)
                .audience(audience)
                .claim("tid", "t")
                .claim("ver", "2.0")
                .claim("azp", "c")
                .claim("scp", "User.Read"));
        assertThat(result.out())
                .contains("is that of another API: let the client request a scope of this API's own app registration")
                .doesNotContain("tokenguard.audiences=" + audience);
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void proposeTheOwnAudienceBesideThatOfTheServer() {
        CliResult result = explain(keycloak(sample.token(), "Bearer").audience("account", "orders-api"));
        assertThat(result.out())
                .contains("tokenguard.audiences=orders-api")
                .contains("Note: tokenguard.audiences: the audience account is that of another API");
        assertThat(result.exit()).isZero();
    }

    @Test
    void noteThatThereAreSeveralAudiences() {
        CliResult result = explain(keycloak(sample.token(), "Bearer").audience("billing-api", "orders-api"));
        assertThat(result.out()).contains("the token names several audiences (billing-api, orders-api)");
        assertThat(result.exit()).isZero();
    }
}
