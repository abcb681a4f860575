package io.tokenguard.internal.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationPolicyTest {
    private final AuthorizationPolicy declared = AuthorizationPolicy.NONE
            .withHierarchy(List.of("admin", "write", "read"))
            .withHierarchy(List.of("boss", "admin"))
            .withWildcards(List.of("orders:*", "a*"))
            .withAcrOrder(List.of("bronze", "gold"))
            .at("https://api.example");

    private static void assertRefused(Runnable wrong, String key, String value) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(wrong::run)
                .withMessageContaining("'" + value + "'")
                .satisfies(refusal -> assertThat(refusal.key()).isEqualTo(key));
    }

    @Test
    void declaresNothingByItself() {
        assertThat(AuthorizationPolicy.NONE.scopes().isGranted("read", Set.of("admin", "*", "read:*")))
                .isFalse();
        assertThat(AuthorizationPolicy.NONE.acrOrder()).isEmpty();
        assertThat(AuthorizationPolicy.NONE.resource()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"boss, read", "admin, write", "write, read", "orders:*, orders:read", "a*, ab"})
    void keepsWhatWasDeclaredBefore(String held, String demanded) {
        assertThat(declared.scopes().isGranted(demanded, Set.of(held))).isTrue();
        assertThat(declared.scopes().isGranted(held, Set.of(demanded))).isFalse();
    }

    @Test
    void keepsTheOrderOfStrengthAndTheAddress() {
        assertThat(declared.acrOrder()).containsExactly("bronze", "gold");
        assertThat(declared.resource()).contains("https://api.example");
    }

    @Test
    void refusesWhatDeclaresNothingOrContradictsItself() {
        assertRefused(() -> declared.withHierarchy(List.of("admin")), "tokenguard.scope-hierarchy", "admin");
        assertRefused(() -> declared.withHierarchy(List.of()), "tokenguard.scope-hierarchy", "");
        assertRefused(
                () -> declared.withHierarchy(List.of("read", "boss")), "tokenguard.scope-hierarchy", "read > boss");
        assertRefused(() -> declared.withWildcards(List.of("b:*", "*")), "tokenguard.scope-wildcards", "*");
        assertRefused(() -> declared.withAcrOrder(List.of("a", "b", "a")), "tokenguard.acr-order", "a,b,a");
    }
}
