package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Dialect;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenShape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The testkit's tokens in the shapes of authorization servers are those that the dialects are for. */
class TokenShapesTest {
    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().algorithms(TestAlgorithm.ES256).start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static TokenGuard guard(Dialect dialect) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com", "shop")
                        .dialect(dialect)
                        .build())
                .build();
    }

    private static String token(TokenShape shape) {
        return issuer.token(shape)
                .clientId("shop")
                .scope("orders:read", "orders:write")
                .roles("admin")
                .sign();
    }

    @ParameterizedTest
    @EnumSource
    void areAcceptedWithTheDialectOfTheSameName(TokenShape shape) throws RefusedException {
        try (TokenGuard guard = guard(Dialect.valueOf(shape.name()))) {
            AccessToken token = guard.validate(token(shape));
            assertThat(token.subject()).contains("alice");
            assertThat(token.clientId()).contains("shop");
            assertThat(token.scopes()).containsExactlyInAnyOrder("orders:read", "orders:write");
            assertThat(token.roles()).containsExactly("admin");
            assertThat(token.subjectKind()).isEqualTo(AccessToken.SubjectKind.USER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void areAcceptedWithoutBeingChanged(TokenShape shape) throws RefusedException {
        try (TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com", "test-client")
                        .dialect(Dialect.valueOf(shape.name()))
                        .build())
                .build()) {
            assertThat(guard.validate(issuer.token(shape).sign()).clientId()).contains("test-client");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RFC9068")
    void areRefusedWithoutIt(TokenShape shape) {
        try (TokenGuard guard = guard(Dialect.RFC9068)) {
            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guard.validate(token(shape)));
        }
    }
}
