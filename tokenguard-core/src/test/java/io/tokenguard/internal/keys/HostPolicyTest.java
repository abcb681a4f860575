package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Whether an issuer may lead to an inner address: its own, or that of another host. */
class HostPolicyTest {
    private static final URI ISSUER = URI.create("https://sso.corp.example/");
    private static final URI OWN = URI.create("https://SSO.corp.example/jwks");
    private static final URI OTHER = URI.create("https://keys.corp.example/jwks");

    private static final HostPolicy INNER_NAMES =
            new HostPolicy(new AddressPolicy(false), host -> InetAddress.getAllByName("10.0.0.1"));

    @Test
    void trustsAnInnerIssuerThatTheConfigurationNames() {
        assertThat(INNER_NAMES.isTrusted(ISSUER, OWN)).isTrue();
        assertThat(INNER_NAMES.leadsInside(ISSUER, OTHER)).isFalse();
    }

    @Test
    void trustsNoInnerIssuerThatATokenNames() {
        HostPolicy named = INNER_NAMES.ofNamedIssuers();
        assertThat(named.isTrusted(ISSUER, OWN)).isFalse();
        assertThat(named.leadsInside(ISSUER, OWN)).isTrue();
        assertThat(named.leadsInside(ISSUER, OTHER)).isTrue();
    }
}
