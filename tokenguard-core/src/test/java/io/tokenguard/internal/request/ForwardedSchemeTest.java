package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies name the scheme of WebSockets (RFC 6455 §3) and of HTTP/2 and 3 (RFC 9113 §3.1, RFC 9114 §3.1) differently. */
class ForwardedSchemeTest {
    @ParameterizedTest
    @ValueSource(strings = {"https", "HTTPS", "wss", "WSS", "h2", "h3"})
    void isHttpsOverTls(String name) {
        assertThat(ForwardedScheme.normal(name)).isEqualTo("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "HTTP", "ws", "Ws", "h2c"})
    void isHttpInTheClear(String name) {
        assertThat(ForwardedScheme.normal(name)).isEqualTo("http");
    }

    @Test
    void isAnyOtherNameAsItStands() {
        assertThat(ForwardedScheme.normal("FTP")).isEqualTo("ftp");
        assertThat(ForwardedScheme.normal("https,http")).isEqualTo("https,http");
        assertThat(ForwardedScheme.normal("")).isEmpty();
    }
}
