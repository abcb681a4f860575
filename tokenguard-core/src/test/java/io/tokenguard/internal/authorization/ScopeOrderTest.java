package io.tokenguard.internal.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeOrderTest {
    private static final ScopeOrder ORDER = ScopeOrder.NONE
            .with("admin", "write")
            .with("write", "read")
            .with("boss", "orders:*")
            .with("orders:keep", "audit")
            .withWildcard("orders:*");

    @ParameterizedTest
    @CsvSource({
        "read, read, true",
        "write, read, true",
        "admin, read, true",
        "read, write, false",
        "read, admin, false",
        "orders:*, orders:read, true",
        "orders:*, orders:read:all, true",
        "orders:*, orders:, false",
        "orders:*, orders, false",
        "orders:*, order:read, false",
        "orders:*, orders:*, true",
        "orders:read, orders:*, false",
        "*, orders:read, false",
        "reports:*, reports:read, false",
        "boss, orders:read, true",
        "boss, audit, true",
        "orders:*, audit, true",
        "audit, boss, false",
        "other, read, false"
    })
    void standsForOthersAsDeclared(String held, String demanded, boolean isGranted) {
        assertThat(ORDER.isGranted(demanded, Set.of(held, "unrelated"))).isEqualTo(isGranted);
    }

    @Test
    void standsForItselfOnlyWhereNothingIsDeclared() {
        assertThat(ScopeOrder.NONE.isGranted("a", Set.of("a"))).isTrue();
        assertThat(ScopeOrder.NONE.isGranted("a", Set.of("a:*", "*", "ab", "A")))
                .isFalse();
        assertThat(ScopeOrder.NONE.isGranted("a", Set.of())).isFalse();
    }

    @Test
    void letsSeveralStandForOne() {
        ScopeOrder order = ScopeOrder.NONE.with("a", "c").with("b", "c");
        assertThat(order.isGranted("c", Set.of("a"))).isTrue();
        assertThat(order.isGranted("c", Set.of("b"))).isTrue();
    }

    @Test
    void takesTheShortestWildcard() {
        assertThat(ScopeOrder.NONE.withWildcard("a*").isGranted("ab", Set.of("a*")))
                .isTrue();
    }

    @Test
    void comesToAnEndWhereAWildcardGoesRound() {
        ScopeOrder round = ScopeOrder.NONE.with("a:x", "a:*").withWildcard("a:*");
        assertThat(round.isGranted("a:y", Set.of("a:x"))).isTrue();
        assertThat(round.isGranted("a:x", Set.of("b"))).isFalse();
    }

    @Test
    void refusesAnOrderThatContradictsItself() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ORDER.with("read", "admin"))
                .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("tokenguard.scope-hierarchy"));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> ORDER.with("a", "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "orders", "*orders", "or*ders", "orders:**", "*orders:*"})
    void takesNoWildcardThatStandsForEverythingOrForNothingClear(String wildcard) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ScopeOrder.NONE.withWildcard(wildcard))
                .satisfies(wrong -> assertThat(wrong.key()).isEqualTo("tokenguard.scope-wildcards"));
    }
}
