package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyBansTest {
    private static final String ISSUER = "https://issuer.example.com";
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "stolen");
    private static final Revocation STOLEN = KeyBans.neverEnding(Revocation.keyId("stolen"));
    private static final Revocation LEAKED = KeyBans.neverEnding(Revocation.keyId("leaked"));

    private static Map<String, Collection<VerificationKey>> keys() {
        return Map.of(ISSUER, List.of(new VerificationKey(KEY.kid(), SignatureAlgorithm.ES256, KEY.publicKey())));
    }

    /** The key of the other node's ban is banned by its thumbprint too, and nobody has published that yet. */
    @Test
    void aBanIsKeptThoughAnotherNodesBanArrivesWhileItIsPublished() {
        assertThat(IntStream.range(0, 100)).allSatisfy(number -> {
            KeyBans bans = new KeyBans();
            Revocation own = KeyBans.neverEnding(Revocation.keyId("leaked" + number));
            bans.use(KeyBansTest::keys, ban -> !ban.equals(own) || bans.add(STOLEN));
            assertThat(bans.addAndPublish(own)).isTrue();
        });
    }

    @Test
    void aBanThatTheStoreDoesNotKeepIsOfferedAgainWithTheNextOne() {
        KeyBans bans = new KeyBans();
        bans.use(Map::of, ban -> false);
        assertThat(bans.addAndPublish(LEAKED)).isFalse();
        Set<Revocation> offered = new HashSet<>();
        bans.use(Map::of, offered::add);
        assertThat(bans.addAndPublish(STOLEN)).isTrue();
        assertThat(offered).containsExactlyInAnyOrder(LEAKED, STOLEN);
    }
}
