package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyBansTest {
    private static final String ISSUER = "https://issuer.example.com";
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "stolen");
    private static final Revocation STOLEN = KeyBans.neverEnding(Revocation.keyId("stolen"));
    private static final Revocation LEAKED = KeyBans.neverEnding(Revocation.keyId("leaked"));

    private static final IssuerAliases NO_ALIASES = new IssuerAliases(Map.of(), List.of());
    private static final Executor NEVER = work -> {};

    private final Queue<Runnable> work = new ArrayDeque<>();

    private static Map<String, Collection<VerificationKey>> keys() {
        return Map.of(ISSUER, List.of(new VerificationKey(KEY.kid(), SignatureAlgorithm.ES256, KEY.publicKey())));
    }

    /** The key of the other node's ban is banned by its thumbprint too, and nobody has published that yet. */
    @Test
    void aBanIsKeptThoughAnotherNodesBanArrivesWhileItIsPublished() {
        assertThat(IntStream.range(0, 100)).allSatisfy(number -> {
            KeyBans bans = new KeyBans(System::nanoTime);
            Revocation own = KeyBans.neverEnding(Revocation.keyId("leaked" + number));
            bans.use(KeyBansTest::keys, NO_ALIASES, ban -> !ban.equals(own) || bans.add(STOLEN), Runnable::run);
            assertThat(bans.addAndPublish(own)).isTrue();
        });
    }

    @Test
    void aBanThatTheStoreDoesNotKeepIsOfferedAgainWithTheNextOne() {
        KeyBans bans = new KeyBans(System::nanoTime);
        bans.use(Map::of, NO_ALIASES, ban -> false, NEVER);
        assertThat(bans.addAndPublish(LEAKED)).isFalse();
        Set<Revocation> offered = new HashSet<>();
        bans.use(Map::of, NO_ALIASES, offered::add, NEVER);
        assertThat(bans.addAndPublish(STOLEN)).isTrue();
        assertThat(offered).containsExactlyInAnyOrder(LEAKED, STOLEN);
    }

    private void runWork() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    /** One key ID is banned, and {@link #work} holds what the workers have to do. */
    private KeyBans bansOfStolen(Predicate<Revocation> store) {
        KeyBans bans = new KeyBans(System::nanoTime);
        bans.use(Map::of, NO_ALIASES, store, work::add);
        bans.add(STOLEN);
        return bans;
    }

    @Test
    void aLoadOfKeysBansAtOnceAndLeavesTheStoreToTheWorkers() {
        List<Revocation> offered = new ArrayList<>();
        KeyBans bans = bansOfStolen(offered::add);
        bans.learn(ISSUER, keys().get(ISSUER));
        assertThat(bans.isBanned(ISSUER, "renamed", Optional.of(KEY.publicKey())))
                .isTrue();
        assertThat(offered).isEmpty();
        runWork();
        assertThat(offered)
                .extracting(Revocation::target)
                .containsExactly(Revocation.keyOf(ISSUER, KEY.thumbprint()).target());
    }

    @Test
    void aBanThatIsMadeWhileAConfigurationIsBuiltHitsItsKeysUnderAnyKeyId() {
        KeyBans bans = new KeyBans(System::nanoTime);
        bans.use(Map::of, NO_ALIASES, ban -> true, NEVER);
        bans.learn(ISSUER, keys().get(ISSUER));
        bans.add(STOLEN);
        bans.use(KeyBansTest::keys, NO_ALIASES, ban -> true, NEVER);
        assertThat(bans.isBanned(ISSUER, "renamed", Optional.of(KEY.publicKey())))
                .isTrue();
    }

    @Test
    void aKeyIsBannedByEachTextThatNamesItsIssuer() {
        List<Revocation> offered = new ArrayList<>();
        KeyBans bans = new KeyBans(System::nanoTime);
        bans.use(
                KeyBansTest::keys,
                new IssuerAliases(Map.of(ISSUER, Set.of(ISSUER + "/")), List.of()),
                offered::add,
                Runnable::run);
        assertThat(bans.addAndPublish(STOLEN)).isTrue();
        assertThat(offered)
                .extracting(Revocation::target)
                .contains(
                        Revocation.keyOf(ISSUER, KEY.thumbprint()).target(),
                        Revocation.keyOf(ISSUER + "/", KEY.thumbprint()).target());
    }

    @Test
    void whatTheStoreDidNotKeepIsOfferedWithTheNextLoad() {
        List<Revocation> offered = new ArrayList<>();
        KeyBans bans = bansOfStolen(ban -> offered.add(ban) && offered.size() > 1);
        for (int load = 0; load < 3; load++) {
            bans.learn(ISSUER, keys().get(ISSUER));
            runWork();
        }
        assertThat(offered).hasSize(2);
    }

    @Test
    void whatWorkersOfAClosedConfigurationDidNotOfferTheNextOneOffers() {
        List<Revocation> offered = new ArrayList<>();
        KeyBans bans = bansOfStolen(offered::add);
        bans.learn(ISSUER, keys().get(ISSUER));
        work.clear();
        bans.use(Map::of, NO_ALIASES, offered::add, work::add);
        runWork();
        assertThat(offered).hasSize(1);
    }

    @Test
    void aStoreThatFailsEndsNeitherTheLoadNorTheNextOffer() {
        List<Revocation> offered = new ArrayList<>();
        KeyBans bans = bansOfStolen(ban -> {
            offered.add(ban);
            throw new IllegalStateException();
        });
        for (int load = 0; load < 2; load++) {
            bans.learn(ISSUER, keys().get(ISSUER));
            runWork();
        }
        assertThat(offered).hasSize(2);
    }
}
