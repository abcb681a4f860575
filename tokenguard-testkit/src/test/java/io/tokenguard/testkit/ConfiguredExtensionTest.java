package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension with settings, and without parameters. */
class ConfiguredExtensionTest {
    @RegisterExtension
    static final TestIssuerExtension ISSUER = TestIssuerExtension.with(issuer -> issuer.path("/realms/demo"));

    private final TestIssuer ofConstructor = ISSUER.issuer();

    @Test
    void startsTheIssuerWithItsSettings() {
        assertThat(ofConstructor.issuer()).endsWith("/realms/demo");
    }

    @Test
    void hasTheIssuerOfTheParameters(TestIssuer issuer) {
        assertThat(issuer).isSameAs(ofConstructor).isSameAs(ISSUER.issuer());
    }

    @Test
    void hasNoneBeforeTheFirstTest() {
        TestIssuerExtension unused = TestIssuerExtension.with(UnaryOperator.identity());
        assertThatThrownBy(unused::issuer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }
}
