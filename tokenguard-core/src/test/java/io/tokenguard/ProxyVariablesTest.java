package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxy that environment variables name, in a process that was started with them. */
class ProxyVariablesTest {
    private static final String HOST = "keys.invalid";
    private static final TestCertificate AUTHORITY = TestCertificate.selfSigned("authority");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "https_proxy, , null, 1",
        "HTTPS_PROXY, , null, 1",
        "all_proxy, other.example, null, 1",
        "https_proxy, keys.invalid, KEYS_UNAVAILABLE, 0",
        "http_proxy, , KEYS_UNAVAILABLE, 0"
    })
    void isUsedForTheAddressesItIsFor(String variable, String excluded, String decided, int tunnels)
            throws IOException, InterruptedException {
        try (TestIssuer issuer =
                        TestIssuer.builder().audience(GuardedIssuer.AUDIENCE).start();
                DocumentServer server =
                        DocumentServer.overTls(AUTHORITY.issue(HOST).sslContext(AUTHORITY.certificate()))) {
            URI served = server.put("/jwks", issuer.jwksJson());
            try (TunnellingProxy proxy = new TunnellingProxy(Map.of(HOST + ":443", served.getAuthority()))) {
                assertThat(decide(issuer, variable, "http://" + proxy.hostAndPort(), excluded))
                        .contains("decided " + decided);
                assertThat(proxy.tunnels().stream().distinct()).hasSize(tunnels);
            }
        }
    }

    private String decide(TestIssuer issuer, String variable, String proxy, String excluded)
            throws IOException, InterruptedException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.pem());
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ProxiedProcess.class.getName(),
                        issuer.issuer(),
                        "https://" + HOST + "/jwks",
                        authority.toString(),
                        issuer.token().sign())
                .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        builder.environment().put(variable, proxy);
        if (excluded != null) {
            builder.environment().put("no_proxy", excluded);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
