package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCountsTest {
    private static final String ISSUER = "https://issuer.example.com";

    private final NameCounts names = new NameCounts();

    private static Refusal.Builder refusal() {
        return Refusal.builder(RefusalReason.EXPIRED);
    }

    @Test
    void countsAreOfTheTimeSinceTheLastCall() {
        names.granted("shop");
        names.granted("shop");
        Series shop = Series.of(Group.CLIENTS, "granted shop");
        assertThat(names.drain()).containsEntry(shop, 2L);
        names.granted("shop");
        assertThat(names.drain()).containsEntry(shop, 1L);
        assertThat(names.drain()).isEmpty();
    }

    @Test
    void subjectsAreShownByTheirHashes() {
        names.refused(refusal().issuer(ISSUER).subject("alice").build());
        assertThat(names.drain())
                .isEqualTo(Map.of(
                        Series.of(
                                Group.SUBJECTS,
                                "refused "
                                        + Revocation.subject(ISSUER, "alice")
                                                .target()
                                                .substring(0, 16)),
                        1L));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "255.255.255.255, 255.255.255.0/24",
        "2001:db8:1:2::3, 2001:db8:1:0:0:0:0:0/48",
        "::1, 0:0:0:0:0:0:0:0/48",
        "unix:, unknown"
    })
    void addressesAreCountedByTheirNetworks(String address, String network) {
        names.refused(refusal().origin(address, "").build());
        assertThat(names.drain()).isEqualTo(Map.of(Series.of(Group.NETWORKS, "refused " + network), 1L));
    }

    @Test
    void furtherNamesThanAThousandAreLeftOut() {
        for (int i = 0; i < 5_000; i++) {
            names.refused(refusal().clientId("client-" + i).build());
        }
        assertThat(names.drain()).hasSizeBetween(900, 1_000);
    }
}
