package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A process that is killed right after it revoked. More rounds by the system property {@code test.rounds}. */
class KilledNodeTest {
    private static final int ROUNDS = Integer.getInteger("test.rounds", 2);

    @Test
    void hasForgottenNothingWhenItStartsAgain() throws Exception {
        String prefix = TestDatabase.prefix();
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(KilledNode.run(Databases.postgres(), prefix, "token" + round))
                    .isEqualTo(round);
        }
        assertThat(Databases.postgres().number("SELECT count(*) FROM " + prefix + "revocation"))
                .isEqualTo(ROUNDS);
        System.out.printf("killed after each of %d revocations: 0 forgotten%n", ROUNDS);
    }
}
