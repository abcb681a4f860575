package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.TrustedIssuer.Connection.usual;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys of a Kubernetes API server, as docs/keys.md sets them: a private authority, and the token of the pod, which the platform
 * rotates. A proxy stands for the cluster's name service.
 */
class KubernetesKeysTest {
    private static final String HOST = "kubernetes.default.svc";
    private static final URI KEYS = URI.create("https://" + HOST + "/openid/v1/jwks");
    private static final TestCertificate AUTHORITY = TestCertificate.selfSigned("kubernetes");

    private final KeyDrill drill = KeyDrill.addressed();

    @TempDir
    private Path pod;

    private DocumentServer server;
    private TunnellingProxy cluster;

    @BeforeEach
    void start() throws IOException {
        server = DocumentServer.overTls(AUTHORITY.issue(HOST).sslContext(AUTHORITY.certificate()));
        URI served = server.put(KEYS.getPath(), drill.issuer.jwksJson(), "application/jwk-set+json");
        cluster = new TunnellingProxy(Map.of(HOST + ":443", served.getRawAuthority()));
        Files.writeString(pod.resolve("ca.crt"), AUTHORITY.pem());
        Files.writeString(pod.resolve("token"), "token-of-the-pod");
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
        server.close();
        drill.close();
    }

    private TokenGuard guard(Path authority) {
        return drill.describe(issuer -> issuer.keysFrom(KEYS)
                        .connection(usual().caFile(authority)
                                .bearerTokenFile(pod.resolve("token"))
                                .proxy(cluster.hostAndPort())))
                .build();
    }

    private RefusalReason judge(TokenGuard guard) {
        RefusalReason reason =
                reasonOf(guard.decide(bearing(drill.issuer.token().sign())));
        KeyDrill.settle(guard);
        return reason;
    }

    @Test
    void areFetchedWithTheTokenOfThePod() throws IOException {
        try (TokenGuard guard = guard(pod.resolve("ca.crt"))) {
            assertThat(judge(guard)).isNull();
            Files.writeString(pod.resolve("token"), "rotated");
            drill.timer.advance(Duration.ofMinutes(4));
            KeyDrill.settle(guard);
            assertThat(server.requests())
                    .extracting(fields -> fields.getFirst("Authorization"))
                    .containsExactly("Bearer token-of-the-pod", "Bearer rotated");
            assertThat(cluster.tunnels()).contains(HOST + ":443");
        }
    }

    @Test
    void areNotFetchedFromAServerOfAnotherAuthority() throws IOException {
        Path other = Files.writeString(
                pod.resolve("other.crt"), TestCertificate.selfSigned("other").pem());
        try (TokenGuard guard = guard(other)) {
            assertThat(judge(guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(server.requests()).isEmpty();
            assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                    .contains("TLS failed", "at " + KEYS, "jwks.ca-file");
        }
    }
}
