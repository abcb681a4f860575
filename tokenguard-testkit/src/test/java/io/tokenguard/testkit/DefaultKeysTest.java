package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultKeysTest {
    private static String keyIdOf(TestIssuer issuer) {
        return issuer.currentKey().kid();
    }

    @Test
    void openIssuersNeverShareAKey() {
        openAndClose(20);
        List<TestIssuer> open = new ArrayList<>();
        Set<String> keyIds = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            TestIssuer issuer = TestIssuer.start();
            open.add(issuer);
            assertThat(keyIds.add(keyIdOf(issuer))).isTrue();
        }
        open.forEach(TestIssuer::close);
    }

    @Test
    void theNextIssuerDoesNotGetTheKeyOfTheOneThatWasJustClosed() {
        List<String> keyIds = openAndClose(40);
        for (int i = 0; i + 8 < keyIds.size(); i++) {
            assertThat(keyIds.subList(i + 1, i + 9)).doesNotContain(keyIds.get(i));
        }
    }

    @Test
    void keysOfClosedIssuersAreUsedAgain() {
        openAndClose(30);
        assertThat(new HashSet<>(openAndClose(30))).hasSizeLessThan(30);
    }

    @Test
    void anIssuerThatIsClosedTwiceGivesItsKeyBackOnce() {
        for (int i = 0; i < 20; i++) {
            TestIssuer issuer = TestIssuer.start();
            issuer.close();
            issuer.close();
        }
        openIssuersNeverShareAKey();
    }

    private static List<String> openAndClose(int issuers) {
        List<String> keyIds = new ArrayList<>();
        for (int i = 0; i < issuers; i++) {
            try (TestIssuer issuer = TestIssuer.start()) {
                keyIds.add(keyIdOf(issuer));
            }
        }
        return keyIds;
    }
}
