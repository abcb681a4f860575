package io.tokenguard.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Estimates in bytes. */
class HeapSizeTest {
    @Test
    void aTextTakesItsCharactersAndAHead() {
        assertThat(HeapSize.of("")).isEqualTo(48);
        assertThat(HeapSize.of("alice")).isEqualTo(53);
    }

    @Test
    void aNumberATruthValueAndNullTakeTheSame() {
        assertThat(HeapSize.of(1L)).isEqualTo(24);
        assertThat(HeapSize.of(true)).isEqualTo(24);
        assertThat(HeapSize.of(null)).isEqualTo(24);
    }

    @Test
    void aListTakesItsItemsAndAPlaceForEach() {
        assertThat(HeapSize.of(List.of())).isEqualTo(80);
        assertThat(HeapSize.of(List.of("ab", 1L))).isEqualTo(80 + (8 + 50) + (8 + 24));
    }

    /** The platform's immutable sets take less than lists that can grow. */
    @Test
    void aSetTakesItsItemsAndAPlaceForEach() {
        assertThat(HeapSize.of(Set.of("ab"))).isEqualTo(24 + (8 + 50));
    }

    @Test
    void anObjectTakesItsNamesAndValuesAndAPlaceForEach() {
        assertThat(HeapSize.of(Map.of())).isEqualTo(80);
        assertThat(HeapSize.of(Map.of("ab", List.of(1L)))).isEqualTo(80 + 48 + 50 + (80 + 8 + 24));
    }
}
