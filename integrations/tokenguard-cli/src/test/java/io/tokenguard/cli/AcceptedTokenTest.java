package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TokenBuilder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties that {@code explain} prints for a token alone are those of a guard that accepts it. */
class AcceptedTokenTest {
    private static final byte[] SECRET =
            "sixty-four characters of a secret that only this test may know.x".getBytes(StandardCharsets.US_ASCII);
    private static final Clock CLOCK = Clock.fixed(Instant.parse(Sample.AT), ZoneOffset.UTC);
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Sample sample;

    AcceptedTokenTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private static Map<String, String> printed(String token) {
        CliResult result = CliCall.run(token, "explain", "--at", Sample.AT);
        assertThat(result.out()).contains("These properties accept it").doesNotContain(token);
        assertThat(result.exit()).isZero();
        Map<String, String> properties = new LinkedHashMap<>();
        result.out()
                .lines()
                .filter(line -> line.startsWith("  tokenguard."))
                .forEach(line ->
                        properties.put(line.substring(2, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return properties;
    }

    private static void requireAccepted(Map<String, String> properties, String token) {
        try (TokenGuard guard =
                GuardProperties.of(properties).toBuilder().clock(CLOCK).build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(5))).isTrue();
            IncomingRequest request = IncomingRequest.builder("GET", "/")
                    .overTls()
                    .header("Authorization", "Bearer " + token)
                    .build();
            assertThat(guard.decide(request, AccessRequirement.authenticated())).isInstanceOf(Decision.Granted.class);
        }
    }

    private static Arguments server(String name, UnaryOperator<TokenBuilder> claims, String... settings) {
        return Arguments.of(
                name,
                claims,
                Arrays.stream(settings)
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(parts -> "tokenguard." + parts[0], parts -> parts[1])));
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                server("RFC 9068", token -> token),
                server("another type", token -> token.type("application/token"), "dialect=generic"),
                server("no type", token -> token.type(null), "dialect=generic", "token-types=none"),
                server(
                        "GitHub Actions",
                        token -> token.type("JWT")
                                .issuer("https://token.actions.githubusercontent.com")
                                .withoutClaim("client_id")
                                .claim("repository", "octo/shop")
                                .claim("repository_owner_id", "4711")
                                .claim("job_workflow_ref", "octo/shop/.github/workflows/deploy.yml@refs/heads/main")
                                .claim("run_id", "1"),
                        "dialect=github-actions",
                        "required-claims=repository_owner_id=4711"),
                server(
                        "GitLab CI",
                        token -> token.type("JWT")
                                .issuer("https://gitlab.com")
                                .claim("project_id", "1")
                                .claim("namespace_id", "72")
                                .claim("job_id", "3")
                                .claim("pipeline_id", "4"),
                        "dialect=gitlab-ci",
                        "required-claims=namespace_id=72"),
                server(
                        "Google",
                        token -> token.type("JWT")
                                .issuer("https://accounts.google.com")
                                .claim("azp", "117")
                                .claim("email", "deploy@shop.iam.gserviceaccount.com"),
                        "dialect=google",
                        "required-claims=email=deploy@shop.iam.gserviceaccount.com",
                        "accept-id-tokens=true"),
                server(
                        "AWS STS",
                        token -> token.type("JWT")
                                .issuer("https://00000000-1111-2222-3333-444444444444.tokens.sts.global.api.aws")
                                .claim("https://sts.amazonaws.com/", Map.of("aws_account", "123456789012")),
                        "dialect=aws-sts",
                        "required-claims=/https:~1~1sts.amazonaws.com~1/aws_account=123456789012"),
                server(
                        "HCP Terraform",
                        token -> token.type("JWT")
                                .issuer("https://app.terraform.io")
                                .claim("terraform_organization_id", "org-7"),
                        "dialect=generic",
                        "required-claims=terraform_organization_id=org-7"),
                server(
                        "Cognito",
                        token -> token.type(null)
                                .issuer("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example")
                                .withoutClaim("aud")
                                .clientId("6uan1abcdefgh")
                                .claim("token_use", "access"),
                        "dialect=cognito",
                        "audiences=6uan1abcdefgh"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void areThoseOfTheServer(String name, UnaryOperator<TokenBuilder> claims, Map<String, String> expected) {
        String token = claims.apply(sample.token()).sign();
        Map<String, String> properties = printed(token);
        assertThat(properties).containsAllEntriesOf(expected);
        properties.put("tokenguard.jwks-file", sample.keys().toString());
        requireAccepted(properties, token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS512"})
    void nameTheFileOfASecret(String algorithm) {
        String token = sample.token().signWith(SECRET, algorithm);
        Map<String, String> properties = printed(token);
        assertThat(properties).containsKey("tokenguard.hmac-secret-file");
        Path secret = sample.write("secret", new String(SECRET, StandardCharsets.US_ASCII));
        properties.put("tokenguard.hmac-secret-file", secret.toString());
        requireAccepted(properties, token);
    }

    @Test
    void nameAnAlgorithmThatIsNotOnByDefault() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec("secp256k1"));
        KeyPair pair = generator.generateKeyPair();
        String unsigned = sample.token().header("kid", "k").unsigned("ES256K");
        String input = unsigned.substring(0, unsigned.lastIndexOf('.'));
        Signature signature = Signature.getInstance("SHA256withPLAIN-ECDSA", new BouncyCastleProvider());
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        String token = input + "." + TEXT.encodeToString(signature.sign());
        Map<String, String> properties = printed(token);
        assertThat(properties).containsEntry("tokenguard.algorithms", "ES256K");
        properties.put(
                "tokenguard.jwks-file", sample.write("secp256k1", jwk(pair)).toString());
        requireAccepted(properties, token);
    }

    private static String jwk(KeyPair pair) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"kid\":\"k\",\"alg\":\"ES256K\",\"x\":\""
                + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY()) + "\"}";
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return TEXT.encodeToString(fixed);
    }

    @Test
    void askTheIssuerAboutALightweightToken() {
        String token = sample.token()
                .type("JWT")
                .claim("typ", "Bearer")
                .claim("azp", "shop")
                .withoutClaim("aud")
                .withoutClaim("sub")
                .sign();
        CliResult result = CliCall.run(token, "explain", "--at", Sample.AT);
        assertThat(result.out())
                .contains("tokenguard.dialect=keycloak", "tokenguard.introspection.mode=always")
                .contains("not tried: only introspection has audience and subject of a lightweight access token");
        assertThat(result.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque-token", "a.b"})
    void areUnknownForAnOpaqueToken(String token) {
        CliResult result = CliCall.run(token, "explain");
        assertThat(result.out()).contains("It is no JWT", "tokenguard.introspection.uri");
        assertThat(result.exit()).isEqualTo(1);
    }

    /** Such an issuer has no metadata that the guard would load. */
    @ParameterizedTest
    @ValueSource(strings = {"http://sso.example.com", "http://127.0.0.1.example.com/", "my-issuer"})
    void nameTheKeySetOfAnIssuerWithoutAnAddress(String issuer) {
        String token = sample.token().issuer(issuer).sign();
        Map<String, String> properties = printed(token);
        assertThat(properties).containsEntry("tokenguard.jwks-uri", "https://KEYS");
        properties.remove("tokenguard.jwks-uri");
        properties.put("tokenguard.jwks-file", sample.keys().toString());
        requireAccepted(properties, token);
    }

    @Test
    void nameNoKeySetOfAnIssuerOnThisMachine() {
        assertThat(printed(sample.token().issuer("http://127.0.0.1:9400").sign()))
                .doesNotContainKey("tokenguard.jwks-uri");
    }
}
