package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.attacks.AttackCatalogue;
import io.tokenguard.attacks.AttackRow;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rows about limits and the brake, and those about writes that happen once, by sockets through the filter. */
class LimitCatalogueTest {
    private static Stream<AttackRow> rows() {
        return Stream.concat(AttackCatalogue.rowsOfLimits().stream(), AttackCatalogue.rowsOfWrites().stream());
    }

    /** An answer that was stored never goes to an attacker. */
    @TestFactory
    Stream<DynamicNode> everyRowEndsAsItMust() {
        return rows().map(row -> DynamicContainer.dynamicContainer(
                row.toString(),
                row.attacks().stream()
                        .map(attack -> DynamicTest.dynamicTest(
                                attack.variant(),
                                () -> assertThat(AttackedNode.withstand(attack))
                                        .doesNotContainIgnoringCase("Idempotent-Replayed")))));
    }

    @Test
    void everyRowHasANumberOfItsOwn() {
        Set<String> others = AttackCatalogue.rows().stream().map(AttackRow::id).collect(Collectors.toSet());
        assertThat(rows()).extracting(AttackRow::id).doesNotHaveDuplicates().noneMatch(others::contains);
    }
}
