package io.tokenguard.internal.status;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Token Status List §6.2. */
class StatusReferenceTest {
    private static final String ADDRESS = "https://issuer.example/lists/1";

    private static Map<String, Object> claims(Object list) {
        return Map.of("status", Map.of("status_list", list));
    }

    private static void assertMalformed(Object list) {
        assertThat(reasonOf(() -> StatusReference.of(claims(list))))
                .as(list.toString())
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(detailOf(() -> StatusReference.of(claims(list)))).isEqualTo("status");
    }

    @Test
    void isAnIndexInAList() throws RefusedException {
        assertThat(StatusReference.of(claims(Map.of("idx", 5L, "uri", ADDRESS))))
                .contains(new StatusReference(URI.create(ADDRESS), 5));
        assertThat(StatusReference.of(claims(Map.of("idx", 0L, "uri", ADDRESS))))
                .contains(new StatusReference(URI.create(ADDRESS), 0));
    }

    @Test
    void isAbsentWhereTheTokenHasNoStatusOrAnotherClaimOfThatName() throws RefusedException {
        assertThat(StatusReference.of(Map.of())).isEmpty();
        assertThat(StatusReference.of(Map.of("status", "active"))).isEmpty();
    }

    @Test
    void isOfNoOtherKind() {
        assertThat(reasonOf(() -> StatusReference.of(Map.of("status", Map.of("identifier_list", Map.of())))))
                .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertMalformed("list");
    }

    @Test
    void hasAWholeIndexFromZeroOn() {
        for (Object index : List.of(-1L, "5", new BigDecimal("5.5"))) {
            assertMalformed(Map.of("idx", index, "uri", ADDRESS));
        }
        assertMalformed(Map.of("uri", ADDRESS));
    }

    @Test
    void hasAnAddressOfAtMost2048Characters() throws RefusedException {
        String longest = ADDRESS + "a".repeat(2_048 - ADDRESS.length());
        assertThat(StatusReference.of(claims(Map.of("idx", 5L, "uri", longest))))
                .isPresent();
        assertMalformed(Map.of("idx", 5L, "uri", longest + "a"));
        assertMalformed(Map.of("idx", 5L, "uri", "https://issuer.example/a b"));
        assertMalformed(Map.of("idx", 5L, "uri", 1L));
        assertMalformed(Map.of("idx", 5L));
    }
}
