package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "key-1");

    private Sample sample;
    private TestIssuer issuer;

    @BeforeEach
    void start(@TempDir Path folder) {
        sample = new Sample(folder);
        issuer = TestIssuer.builder().keys(KEY).start();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String config(String... more) {
        return sample.write(
                        "doctor.properties",
                        String.join(
                                "\n",
                                "tokenguard.issuer-uri=" + issuer.issuer(),
                                "tokenguard.audiences=https://api.example.com",
                                "tokenguard.routes.read=GET /orders/** scope orders:read",
                                String.join("\n", more)))
                .toString();
    }

    private static CliResult doctor(String config, String... more) {
        return CliCall.run("", words(config, more));
    }

    private static String[] words(String config, String... more) {
        return Stream.concat(Stream.of("doctor", "--config", config), Arrays.stream(more))
                .toArray(String[]::new);
    }

    /** Without times, ports and thumbprints, which differ from run to run. */
    private static String stable(CliResult result) {
        return result.everything()
                .replaceAll("\\b\\d+ ms", "N ms")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("port \\d+", "port PORT")
                .replaceAll("thumbprint [\\w-]{43}", "thumbprint T");
    }

    @Test
    void findsNothingInAGoodConfiguration() {
        String config = config();
        CliResult result = doctor(config);
        Golden.compare("doctor-fine", stable(result));
        assertThat(result.exit()).isZero();
        CliResult process = CliProcess.run("", words(config));
        Golden.compare("doctor-fine", stable(process));
        assertThat(process.exit()).isZero();
    }

    @Test
    void reportsEveryMistakeOfTheConfiguration() {
        CliResult result = CliProcess.run(
                "",
                words(config(
                        "tokenguard.isuer-uri=https://canary-7f3a.example",
                        "tokenguard.clock-skew=soon",
                        "tokenguard.dpop.mode=off",
                        "tokenguard.routes.paid=POST /payments dpop",
                        "tokenguard.routes.admin=/admin role admin")));
        Golden.compare("doctor-mistakes", stable(result));
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void reportsWhatTheStartWarnsOf() {
        CliResult result = doctor(config(
                "tokenguard.trusted-proxies=0.0.0.0/0",
                "tokenguard.status-list.mode=off",
                "tokenguard.routes.any=/orders/** scope orders:write",
                "tokenguard.routes.few=SUBSCRIBE /orders/1 scope orders:read"));
        Golden.compare("doctor-warnings", stable(result));
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void namesARouteThatNeverDecides() {
        CliResult result = doctor(config(
                "tokenguard.routes.one=GET /a scope a",
                "tokenguard.routes.two=POST,PUT,PATCH,DELETE,OPTIONS,HEAD,TRACE,CONNECT /a scope b",
                "tokenguard.routes.all=GET,POST /a scope a",
                "tokenguard.routes.post=POST /a scope a"));
        assertThat(result.everything()).contains("tokenguard.routes.all");
    }

    @Test
    void saysThatNothingListens() {
        issuer.goDown();
        CliResult result = doctor(config());
        Golden.compare("doctor-closed-port", stable(result));
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void comparesTheIssuerInTheMetadata() {
        Map<String, Object> members = issuer.discoveryMembers(TestEndpoint.OIDC_DISCOVERY);
        members.put("issuer", "https://other.example/");
        issuer.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.body(TestJson.write(members)));
        CliResult result = doctor(config());
        Golden.compare("doctor-other-issuer", stable(result));
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void recognizesAPageInsteadOfKeys() {
        issuer.publishRaw("<!doctype html><title>Sign in</title>");
        CliResult result = doctor(config());
        Golden.compare("doctor-html", stable(result));
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void listsEachKeyWithItsFlaw() {
        issuer.publishJwk(TestKey.rsa(1024, TestAlgorithm.RS256, "short").publicJwk());
        CliResult result = doctor(config("tokenguard.algorithms=RS256"));
        Golden.compare("doctor-keys", stable(result));
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void namesTheAuthorityThatIsNotTrusted() throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestCertificate authority = TestCertificate.selfSigned("Test Authority");
        server.setHttpsConfigurator(
                new HttpsConfigurator(authority.issue("localhost").sslContext()));
        server.start();
        try {
            Path config = sample.write(
                    "tls.properties", """
                    tokenguard.issuer-uri=https://localhost:%d
                    tokenguard.audiences=https://api.example.com
                    """.formatted(server.getAddress().getPort()));
            CliResult result = doctor(config.toString());
            assertThat(result.everything())
                    .contains("the certificate of CN=localhost, issued by CN=Test Authority, is not trusted by")
                    .contains("set tokenguard.jwks.ca-file to the PEM file of that authority");
            assertThat(result.exit()).isEqualTo(2);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysThatAFolderBelongsToItsNode() {
        CliResult result = doctor(config("tokenguard.state.folder=/tmp/state-of-a-node"));
        assertThat(result.everything()).contains("belongs to one running node");
    }

    @Test
    void showsNoPasswordOfAStoreThatCanNotBeReached() {
        CliResult result = doctor(config("tokenguard.revocation.redis-uri=redis://:canary-7f3a@127.0.0.1:1"));
        assertThat(result.everything())
                .contains("tokenguard.revocation.redis-uri: no connection")
                .doesNotContain("canary-7f3a");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void writesJson() {
        CliResult result = doctor(config(), "--json");
        Golden.compare("doctor-json", stable(result));
        assertThat(result.exit()).isZero();
    }

    @Test
    void theKeysCommandListsKeysWithoutTheirValues() {
        CliResult result = CliCall.run("", "keys", "--config", config());
        assertThat(result.everything())
                .contains("key-1 EC ES256, thumbprint " + KEY.thumbprint() + ", usable")
                .doesNotContain(KEY.publicJwkMembers().get("x").toString());
        assertThat(result.exit()).isZero();
    }
}
