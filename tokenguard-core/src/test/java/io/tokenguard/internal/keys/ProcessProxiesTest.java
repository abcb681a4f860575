package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.logging.RecordedLog;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessProxiesTest {
    private static final String ISSUER = "https://as.example.com/jwks";

    private static String proxyFor(Map<String, String> environment, String address) {
        List<Proxy> proxies = new ProcessProxies(environment).select(URI.create(address));
        assertThat(proxies).hasSize(1);
        return proxies.get(0).address() instanceof InetSocketAddress proxy
                ? proxy.getHostString() + ":" + proxy.getPort()
                : "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    void areReadInSmallAndCapitalLetters(String name) {
        assertThat(proxyFor(Map.of(name, "http://proxy.example:3128/"), ISSUER)).isEqualTo("proxy.example:3128");
    }

    @Test
    void areChosenByTheSchemeOfTheAddress() {
        Map<String, String> environment = Map.of("https_proxy", "one:1", "http_proxy", "two:2", "all_proxy", "three:3");
        assertThat(proxyFor(environment, ISSUER)).isEqualTo("one:1");
        assertThat(proxyFor(environment, "http://as.example.com/jwks")).isEqualTo("two:2");
    }

    @ParameterizedTest
    @CsvSource({
        "*, https://as.example.com/, ''",
        "as.example.com, https://as.example.com/, ''",
        "example.com, https://as.example.com/, ''",
        ".example.com, https://as.example.com/, ''",
        "*.example.com, https://as.example.com/, ''",
        "'other, EXAMPLE.com', https://as.example.com/, ''",
        "as.example.com:8443, https://as.example.com:8443/, ''",
        "10.0.0.0/8, https://10.1.2.3/, ''",
        "2001:db8::/32, https://[2001:db8::1]/, ''",
        "ample.com, https://as.example.com/, proxy:1",
        "as.example.com:8443, https://as.example.com/, proxy:1",
        "10.0.0.0/8, https://11.1.2.3/, proxy:1",
        "other, https://as.example.com/, proxy:1",
        "'', https://127.0.0.1/, ''",
        "'', https://localhost:8443/, ''"
    })
    void areNotUsedForExcludedHostsAndThisMachine(String excluded, String address, String proxy) {
        assertThat(proxyFor(Map.of("https_proxy", "proxy:1", "no_proxy", excluded), address))
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://user:canary@proxy:3128", "https://proxy:3128", "socks5://proxy:1080", "proxy", "proxy:x"
            })
    void areNamedInAWarningIfTheyCantBeUsed(String value) {
        RecordedLog.clear();
        assertThat(proxyFor(Map.of("https_proxy", value), ISSUER)).isEmpty();
        assertThat(RecordedLog.recent().toString()).contains("https_proxy").doesNotContain("canary");
    }

    @Test
    void ofTheSystemPropertiesComeFirst() {
        System.setProperty("https.proxyHost", "first.example");
        try {
            assertThat(proxyFor(Map.of("https_proxy", "proxy:1"), ISSUER)).startsWith("first.example:");
        } finally {
            System.clearProperty("https.proxyHost");
        }
    }
}
