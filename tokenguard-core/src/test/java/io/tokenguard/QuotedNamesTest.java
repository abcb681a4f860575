package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Route;
import io.tokenguard.testkit.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Role and scope names with spaces, commas and quotes: in rules they are written in double quotes. */
class QuotedNamesTest {
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("role \"Order Admin\"", AccessRequirement.role("Order Admin")),
                Arguments.of("role \"a,b\"", AccessRequirement.role("a,b")),
                Arguments.of("role c,\"Order Admin\",\"a, b\"", AccessRequirement.role("c", "Order Admin", "a, b")),
                Arguments.of("role \"say \\\"hi\\\" \\\\\"", AccessRequirement.role("say \"hi\" \\")),
                Arguments.of("role \"or\"", AccessRequirement.role("or")),
                Arguments.of("role \"report-only\"", AccessRequirement.role("report-only")),
                Arguments.of("role plain\"quote", AccessRequirement.role("plain\"quote")),
                Arguments.of("scope \"orders,read\"", AccessRequirement.scope("orders,read")),
                Arguments.of("any-scope \"a,b\",c", AccessRequirement.anyScope("a,b", "c")),
                Arguments.of(
                        "role \"Order  Admin\" or role \"a b\"",
                        AccessRequirement.role("Order  Admin").or(AccessRequirement.role("a b"))));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void areReadToTheLetter(String requirement, AccessRequirement expected) {
        assertThat(Route.parse("GET /orders/**  " + requirement + " ").requirement())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role \"open",
                "role \"a\"b",
                "role \"a\" b",
                "role \"\"",
                "role \" \"",
                "role \"a\\b\"",
                "role \"a\\",
                "scope \"read orders\"",
                "\"role\" admin"
            })
    void areRefusedWhereTheQuotesAreWrongOrAScopeHasASpace(String requirement) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Route.parse("GET /orders " + requirement));
    }

    @Test
    void areComparedWithTheRolesOfTheToken() {
        try (TestIssuer issuer = TestIssuer.start();
                TokenGuard guard = GuardProperties.of(Map.of(
                                "tokenguard.issuer-uri",
                                issuer.issuer(),
                                "tokenguard.audiences",
                                GuardedIssuer.AUDIENCE,
                                "tokenguard.roles-claim",
                                "roles",
                                "tokenguard.routes.orders",
                                "/orders role \"Order Admin, EU\""))
                        .toBuilder()
                        .build()) {
            assertThat(reasonOf(guard.decide(GuardedIssuer.bearing(issuer.token()
                            .claim("roles", List.of("Order Admin, EU"))
                            .sign()))))
                    .isNull();
            assertThat(reasonOf(guard.decide(GuardedIssuer.bearing(issuer.token()
                            .claim("roles", List.of("Order", "Admin", "EU"))
                            .sign()))))
                    .isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
        }
    }
}
