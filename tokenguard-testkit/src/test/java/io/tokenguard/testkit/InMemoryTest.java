package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** An issuer without a network. */
class InMemoryTest {
    @Test
    void signsTokensUnderItsIdentifier() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().path("/realms/demo").inMemory()) {
            assertThat(issuer.issuer()).isEqualTo("https://issuer.example.com/realms/demo");
            assertThat(TokenReader.payload(issuer.token().sign())).containsEntry("iss", issuer.issuer());
            assertThat(issuer.publishedKeys()).contains(issuer.currentKey());
        }
    }

    @Test
    void opensNoPort() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TestIssuer issuer = TestIssuer.inMemory()) {
            issuer.heal();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .noneMatch(thread -> thread.getName().startsWith("test-issuer"));
            assertThatThrownBy(issuer::goDown).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void rotatesItsKeys() {
        try (TestIssuer issuer = TestIssuer.inMemory()) {
            TestKey old = issuer.currentKey();
            assertThat(issuer.rotate()).isEqualTo(issuer.currentKey()).isNotEqualTo(old);
            issuer.withdraw(old);
            assertThat(issuer.publishedKeys()).doesNotContain(old);
        }
    }
}
