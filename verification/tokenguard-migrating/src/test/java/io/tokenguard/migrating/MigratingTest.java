package io.tokenguard.migrating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of the page does the same before and after. */
class MigratingTest {
    private static final TestIssuer ISSUER = TestIssuer.start();

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    static Stream<UnaryOperator<TokenBuilder>> badTokens() {
        return Stream.of(
                token -> token.scope("other"),
                token -> token.audience("https://other.example"),
                token -> token.issuer("https://other.example"),
                token -> token.expiresAt(Instant.EPOCH),
                token -> token.type("JWT"),
                token -> token.withoutClaim("sub"),
                token -> token.key(TestKey.generate(TestAlgorithm.RS256)));
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope("orders:read");
    }

    private static String before(String token) {
        try {
            return new io.tokenguard.migrating.jose4j.before.TokenCheck(
                            ISSUER.issuer(), ISSUER.jwksUri().toString())
                    .subjectOf(token, "orders:read");
        } catch (Exception refused) {
            return "refused";
        }
    }

    private static String after(String token) {
        try (var check = new io.tokenguard.migrating.jose4j.after.TokenCheck(ISSUER.issuer())) {
            return check.subjectOf(token, "orders:read");
        } catch (Exception refused) {
            return "refused";
        }
    }

    @Test
    void aGoodTokenIsAcceptedBeforeAndAfter() {
        assertThat(before(good().sign())).isEqualTo("alice");
        assertThat(after(good().sign())).isEqualTo("alice");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aBadTokenIsRefusedBeforeAndAfter(UnaryOperator<TokenBuilder> change) {
        String token = change.apply(good()).sign();
        assertThat(before(token)).isEqualTo("refused");
        assertThat(after(token)).isEqualTo("refused");
    }
}
