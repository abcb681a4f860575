package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import org.junit.jupiter.api.Test;

/** The numbers of the issuers that have sent revocations. */
class RevocationSendersTest {
    private final RevocationSenders senders = new RevocationSenders();

    private static Revocation from(int issuer) {
        String name = "https://issuer" + issuer + ".example";
        return Revocation.token(name, "id").sentBy(name);
    }

    @Test
    void eachIssuerHasANumberOfItsOwn() {
        assertThat(senders.numberOf(Revocation.token("https://a.example", "id"), number -> false))
                .isZero();
        for (int i = 0; i < 5_000; i++) {
            assertThat(senders.numberOf(from(i), number -> false)).isEqualTo(i + 1);
        }
        assertThat(senders.numberOf(from(300), number -> false)).isEqualTo(301);
        assertThat(senders.issuer(301)).isEqualTo(from(300).sender().orElseThrow());
    }

    @Test
    void aNumberIsUsedAgainOnceItsIssuerHasNoEntry() {
        for (int i = 0; i < 100_000; i++) {
            int number = senders.numberOf(from(i), other -> other != 1);
            assertThat(number).isLessThanOrEqualTo(3_000);
            assertThat(senders.issuer(number)).isEqualTo(from(i).sender().orElseThrow());
        }
        assertThat(senders.numberOf(from(0), other -> other != 1)).isEqualTo(1);
        assertThat(senders.count()).isLessThan(3_000);
    }
}
