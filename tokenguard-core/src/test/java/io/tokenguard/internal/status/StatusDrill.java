package io.tokenguard.internal.status;

import static org.awaitility.Awaitility.await;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.internal.keys.MonotonicTime;
import io.tokenguard.internal.keys.Network;
import io.tokenguard.internal.keys.Reach;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Status lists of one issuer over sockets, on a clock and a timer that only the test moves. Signatures are not verified. */
final class StatusDrill implements AutoCloseable {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration OUTAGE = Duration.ofHours(1);
    static final Duration SKEW = Duration.ofSeconds(30);
    static final int MOST = 3;

    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "first");

    final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    final TestIssuer issuer =
            TestIssuer.builder().keys(KEY).clock(clock).path("/as").start();
    final PlannedLoads timer = new PlannedLoads();
    final Signers signers = new Signers();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final Network network = new Network(deadlines, clock, ProxySelector.of(null));

    /** The key that is said to have signed each list, and whether it is banned by now. */
    static final class Signers implements StatusListVerifier {
        private volatile VerificationKey signer = key("first");
        private volatile String banned = "";

        static VerificationKey key(String keyId) {
            return new VerificationKey(keyId, SignatureAlgorithm.ES256, KEY.publicKey());
        }

        void signWith(String keyId) {
            signer = key(keyId);
        }

        void ban(String keyId) {
            banned = keyId;
        }

        @Override
        public boolean isHostNamedByToken(String issuer) {
            return false;
        }

        @Override
        public boolean isBanned(String issuer, VerificationKey key) {
            return key.keyId().equals(banned);
        }

        @Override
        public VerifiedStatusList verify(String issuer, String token) throws RefusedException {
            try {
                byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
                return new VerifiedStatusList(
                        new VerifiedClaims(JsonReader.readObject(claims, JsonLimits.CLAIMS), signer), signer, SKEW);
            } catch (MalformedException malformed) {
                throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "list");
            }
        }
    }

    StatusPolicy policy(boolean isRequired) {
        return new StatusPolicy(
                isRequired,
                List.of(),
                new HostPolicy(new AddressPolicy(false), host -> InetAddress.getAllByName("127.0.0.1")),
                new FetchLimits(Duration.ofSeconds(3), 100_000),
                FRESH,
                OUTAGE,
                100_000,
                MOST);
    }

    /** Nothing is jittered. */
    ListSupplies supplies(boolean isRequired) {
        return new ListSupplies(
                policy(isRequired),
                signers,
                unused -> new DocumentFetcher(network, Reach.USUAL),
                network.workers(),
                timer,
                new Clocks(clock, MonotonicTime.beside(clock)),
                () -> 0);
    }

    IssuerLists lists() {
        return new IssuerLists(supplies(false), issuer.issuer());
    }

    URI address() {
        return issuer.statusListUri();
    }

    /** Serves another list. */
    void serve(TokenBuilder list) {
        issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.body(list.sign()));
    }

    int loads() {
        return issuer.requests(TestEndpoint.STATUS_LIST);
    }

    /** Runs the load that is planned, and waits until the next one is planned. */
    void runPlanned() {
        int before = timer.all().size();
        timer.last().work().run();
        await().until(() -> timer.all().size() > before);
    }

    @Override
    public void close() {
        network.close();
        deadlines.shutdownNow();
        timer.shutdownNow();
        issuer.close();
    }
}
