package io.tokenguard.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.MonotonicTime;
import io.tokenguard.testkit.TestClock;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPolicyTest {
    private static final String ISSUER = "https://issuer.example/as";
    private static final StatusPolicy POLICY = new StatusPolicy(
            false,
            List.of(URI.create("https://lists.example/shop/")),
            new HostPolicy(new AddressPolicy(false), InetAddress::getAllByName),
            new FetchLimits(Duration.ofSeconds(3), 1_024),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            1_024,
            8);

    private static boolean allows(String address) {
        return POLICY.allows(ISSUER, URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example/lists/1",
                "https://ISSUER.example:8443/other",
                "https://lists.example/shop/1",
                "https://LISTS.example/shop/"
            })
    void allowsListsAtTheHostOfTheirIssuerAndUnderAPrefix(String address) {
        assertThat(allows(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example/lists/1",
                "http://issuer.example/lists/1",
                "https://lists.example/1",
                "https://lists.example:8443/shop/1",
                "https://user@issuer.example/lists/1"
            })
    void allowsNoOtherAddress(String address) {
        assertThat(allows(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../1", ".", "%2e%2e/1", "a%2Fb", "a%5cb", "a%2E"})
    void allowsNoPathThatServersReadInDifferentWays(String path) {
        assertThat(allows("https://lists.example/shop/" + path)).isFalse();
        assertThat(allows("https://issuer.example/" + path)).isFalse();
    }

    @Test
    void anIssuerWithoutAnAddressHasNoHostOfItsOwn() {
        assertThat(POLICY.allows("shop", URI.create("https://issuer.example/lists/1")))
                .isFalse();
        assertThat(POLICY.allows("a shop", URI.create("https://issuer.example/lists/1")))
                .isFalse();
        assertThat(POLICY.allows("shop", URI.create("https://lists.example/shop/1")))
                .isTrue();
    }

    @Test
    void aPrefixIsOfOneScheme() {
        assertThat(POLICY.isConfigured(URI.create("https://lists.example/shop/1")))
                .isTrue();
        assertThat(POLICY.isConfigured(URI.create("http://lists.example/shop/1")))
                .isFalse();
        assertThat(POLICY.isConfigured(URI.create("https://issuer.example/shop/1")))
                .isFalse();
    }

    /** In seconds; the policy's own time is five minutes. */
    @ParameterizedTest
    @CsvSource({"1, 15", "14, 15", "15, 15", "16, 16", "299, 299", "300, 300", "301, 300"})
    void anIssuerMayShortenTheTimeThatItsListIsFresh(long stated, long fresh) {
        assertThat(POLICY.freshTime(loaded(Optional.of(Duration.ofSeconds(stated)))))
                .isEqualTo(Duration.ofSeconds(fresh));
    }

    @Test
    void aListIsFreshForTheUsualTimeIfItsIssuerStatesNone() {
        assertThat(POLICY.freshTime(loaded(Optional.empty()))).isEqualTo(Duration.ofMinutes(5));
    }

    private static LoadedList loaded(Optional<Duration> timeToLive) {
        return new LoadedList(
                new StatusList(1, new byte[1]),
                StatusDrill.Signers.key("k"),
                Instant.EPOCH,
                Optional.empty(),
                timeToLive);
    }

    @ParameterizedTest
    @CsvSource({"0, 100000", "0.5, 95000", "0.999, 90010"})
    void loadsAreUpToATenthEarlierThanPlanned(double chance, long millis) {
        TestClock clock = TestClock.startingAt(Instant.EPOCH);
        var timer = Executors.newSingleThreadScheduledExecutor();
        ListSupplies supplies = new ListSupplies(
                POLICY,
                new StatusDrill.Signers(),
                issuer -> {
                    throw new AssertionError("nothing is fetched");
                },
                Runnable::run,
                timer,
                new Clocks(clock, MonotonicTime.beside(clock)),
                () -> chance);
        assertThat(supplies.jittered(Duration.ofSeconds(100))).isEqualTo(Duration.ofMillis(millis));
        timer.shutdownNow();
    }
}
