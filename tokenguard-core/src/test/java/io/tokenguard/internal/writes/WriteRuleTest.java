package io.tokenguard.internal.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteRuleTest {
    @Test
    void aRuleWithoutMethodsIsForPostAndPatch() {
        WriteRule rule = WriteRule.parse("/orders/** idempotent 24h");
        assertThat(rule).isEqualTo(new WriteRule(Set.of("POST", "PATCH"), "/orders/**", Duration.ofDays(1), false));
        assertThat(rule).hasToString("idempotent 24h");
    }

    @Test
    void aRuleNamesMethodsAndWhetherAKeyIsOptional() {
        WriteRule rule = WriteRule.parse("PUT,DELETE /orders/{id} idempotent 90m optional");
        assertThat(rule.methods()).containsExactlyInAnyOrder("PUT", "DELETE");
        assertThat(rule.isOptional()).isTrue();
        assertThat(rule).hasToString("idempotent 90m optional");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/orders",
                "/orders idempotent",
                "/orders idempotent 24h always",
                "POST idempotent 24h",
                "/orders once 24h",
                "GET /orders idempotent 24h",
                "POST,HEAD /orders idempotent 24h",
                "/orders idempotent 59s",
                "/orders idempotent 745h",
                "/orders idempotent soon"
            })
    void anotherTextIsRefusedWithWhatToWrite(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> WriteRule.parse(text))
                .withMessageContaining("rite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie",
                "authorization",
                "WWW-Authenticate",
                "Connection",
                "Access-Control-Allow-Origin",
                "a b"
            })
    void fieldsThatMustNotBeRepeatedAreRefused(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> WriteSettings.NONE.fields(List.of(name)))
                .withMessageContaining("tokenguard.idempotency.fields");
    }
}
