package io.tokenguard.internal.status;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Token Status List §5.1, §8.3. */
class LoadedListTest {
    private static final String ISSUER = "https://issuer.example";
    private static final String ADDRESS = "https://issuer.example/lists/1";
    private static final long NOW = 1_000_000;
    private static final int LARGEST = 1_024;
    private static final VerificationKey KEY = StatusDrill.Signers.key("k");

    /** Sixteen statuses of one bit, of the specification's example. */
    private static final Map<String, Object> LIST = Map.of("bits", 1L, "lst", "eNrbuRgAAhcBXQ");

    private final Map<String, Object> claims = new LinkedHashMap<>(
            Map.of("iss", ISSUER, "sub", ADDRESS, "iat", NOW, "exp", NOW + 60, "ttl", 600L, "status_list", LIST));

    private LoadedList read(int largest) throws RefusedException {
        VerifiedStatusList verified = new VerifiedStatusList(
                new VerifiedClaims(Collections.unmodifiableMap(claims), KEY), KEY, Duration.ofSeconds(30));
        return LoadedList.read(verified, ISSUER, ADDRESS, Instant.ofEpochSecond(NOW), largest);
    }

    private LoadedList with(String claim, Object value) throws RefusedException {
        claims.put(claim, value);
        return read(LARGEST);
    }

    private RefusalReason refusal(String claim, Object value) {
        return reasonOf(() -> with(claim, value));
    }

    private RefusalReason refusalOfList(Object bits, Object compressed) {
        return refusal("status_list", Map.of("bits", bits, "lst", compressed));
    }

    @Test
    void hasItsStatusesItsKeyAndItsTimes() throws RefusedException {
        LoadedList loaded = read(LARGEST);
        assertThat(loaded.list().at(0)).hasValue(1);
        assertThat(loaded.list().at(1)).hasValue(0);
        assertThat(loaded.list().at(15)).hasValue(1);
        assertThat(loaded.list().at(16)).isEmpty();
        assertThat(loaded.key()).isEqualTo(KEY);
        assertThat(loaded.issuedAt()).isEqualTo(Instant.ofEpochSecond(NOW));
        assertThat(loaded.expiresAt()).contains(Instant.ofEpochSecond(NOW + 90));
        assertThat(loaded.timeToLive()).contains(Duration.ofMinutes(10));
    }

    @Test
    void namesItsOwnIssuerOrNone() throws RefusedException {
        assertThat(refusal("iss", "https://other.example")).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        assertThat(detailOf(() -> read(LARGEST))).isEqualTo("list of another issuer");
        assertThat(with("iss", null).key()).isEqualTo(KEY);
    }

    @Test
    void isAboutTheAddressThatItWasFetchedFrom() {
        assertThat(refusal("sub", ADDRESS + "/2")).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        assertThat(refusal("sub", null)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }

    @Test
    void wasIssuedAlreadyWithinTheClockSkew() {
        assertThat(refusal("iat", NOW + 30)).isNull();
        assertThat(refusal("iat", NOW + 31)).isEqualTo(RefusalReason.ISSUED_IN_FUTURE);
        assertThat(refusal("iat", null)).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> read(LARGEST))).isEqualTo("iat");
    }

    @Test
    void expiresAfterTheClockSkewIfItSaysSo() throws RefusedException {
        assertThat(refusal("exp", NOW - 29)).isNull();
        assertThat(refusal("exp", NOW - 30)).isEqualTo(RefusalReason.EXPIRED);
        assertThat(with("exp", null).expiresAt()).isEmpty();
    }

    @Test
    void mayBeKeptForAPositiveNumberOfSecondsUpToAYear() throws RefusedException {
        assertThat(with("ttl", null).timeToLive()).isEmpty();
        assertThat(with("ttl", 1L).timeToLive()).contains(Duration.ofSeconds(1));
        assertThat(with("ttl", new BigDecimal("90.5")).timeToLive()).contains(Duration.ofSeconds(90));
        assertThat(with("ttl", Long.MAX_VALUE).timeToLive()).contains(Duration.ofDays(365));
        for (Object wrong : List.of(0L, -1L, new BigDecimal("-0.5"), "600", true)) {
            assertThat(refusal("ttl", wrong)).as(wrong.toString()).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(detailOf(() -> read(LARGEST))).isEqualTo("ttl");
        }
    }

    @Test
    void hasStatusesOfOneTwoFourOrEightBits() {
        for (long bits : List.of(1L, 2L, 4L, 8L)) {
            assertThat(refusalOfList(bits, "eNrbuRgAAhcBXQ"))
                    .as("%d bits", bits)
                    .isNull();
        }
        for (Object bits : List.of(0L, 3L, 16L, "1", new BigDecimal("1.0"))) {
            assertThat(refusalOfList(bits, "eNrbuRgAAhcBXQ"))
                    .as(bits.toString())
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(detailOf(() -> read(LARGEST))).isEqualTo("status_list");
        }
    }

    @Test
    void hasACompressedListInBase64Url() {
        for (Object list : List.of("eNrb*RgAAhcBXQ", "eNrbuRgAAhcBXQ=", 1L)) {
            assertThat(refusalOfList(1L, list)).as(list.toString()).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(detailOf(() -> read(LARGEST))).isEqualTo("status_list");
        }
        assertThat(refusal("status_list", "eNrbuRgAAhcBXQ")).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(refusal("status_list", null)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void isNoLargerThanTheLimit() throws RefusedException {
        assertThat(read(2).list().statuses()).hasSize(2);
        assertThat(detailOf(() -> read(1))).isEqualTo("lst is larger than the limit");
    }
}
