package io.tokenguard.internal.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.MonotonicTime;
import io.tokenguard.internal.keys.Network;
import io.tokenguard.internal.keys.Reach;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a status list is fetched from, by who has named the host of its issuer. */
class IssuerListsTest {
    private final TestIssuer issuer = TestIssuer.builder().start();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Network network = new Network(timer, Clock.systemUTC(), ProxySelector.of(null));

    @AfterEach
    void stop() {
        network.close();
        timer.shutdownNow();
        issuer.close();
    }

    /** Verifies nothing: whether a list was fetched is all that counts here. */
    private record Issuers(boolean isHostNamed) implements StatusListVerifier {
        @Override
        public boolean isHostNamedByToken(String issuer) {
            return isHostNamed;
        }

        @Override
        public boolean isBanned(String issuer, VerificationKey key) {
            return false;
        }

        @Override
        public VerifiedStatusList verify(String issuer, String token) throws RefusedException {
            throw new RefusedException(io.tokenguard.access.RefusalReason.SIGNATURE_INVALID);
        }
    }

    private int fetches(boolean isHostNamed, List<URI> prefixes) {
        StatusPolicy policy = new StatusPolicy(
                false,
                prefixes,
                new HostPolicy(new AddressPolicy(false), host -> InetAddress.getAllByName("127.0.0.1")),
                new FetchLimits(Duration.ofSeconds(3), 10_000),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                1_024,
                8);
        IssuerLists lists = new IssuerLists(
                new ListSupplies(
                        policy,
                        new Issuers(isHostNamed),
                        unused -> new DocumentFetcher(network, Reach.USUAL),
                        network.workers(),
                        timer,
                        new Clocks(Clock.systemUTC(), MonotonicTime.beside(Clock.systemUTC())),
                        () -> 0.5),
                issuer.issuer());
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> lists.require(issuer.statusListUri()));
        lists.close();
        return issuer.requests(TestEndpoint.STATUS_LIST);
    }

    @Test
    void fetchesFromAnInnerHostThatTheConfigurationNames() {
        assertThat(fetches(false, List.of())).isEqualTo(1);
    }

    @Test
    void fetchesNothingFromAnInnerHostThatATokenNames() {
        assertThat(fetches(true, List.of())).isZero();
    }

    @Test
    void fetchesFromAPrefixThatWasSetForAnIssuerThatATokenNames() {
        URI prefix = issuer.statusListUri().resolve("/");
        assertThat(fetches(true, List.of(prefix))).isEqualTo(1);
    }
}
