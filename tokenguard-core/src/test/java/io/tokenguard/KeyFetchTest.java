package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.keys.HostPolicy.NameLookup;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched, from where, and how much of it. */
class KeyFetchTest {
    private static final String OUTSIDE = "203.0.113.7";

    /** The issuer's own host stands for an address of the open Internet; other names for what is given. */
    private static NameLookup names(KeyDrill drill, String others) {
        String own = URI.create(drill.issuer.issuer()).getHost();
        return host -> {
            boolean isLiteral = host.startsWith("[") || Character.isDigit(host.charAt(0));
            String address = isLiteral ? host : others;
            return InetAddress.getAllByName(host.equals(own) ? OUTSIDE : address);
        };
    }

    private static void leadTo(KeyDrill drill, String jwksUri) {
        drill.issuer
                .on(TestEndpoint.OIDC_DISCOVERY)
                .answer(Fault.body("{\"issuer\":\"" + drill.issuer.issuer() + "\",\"jwks_uri\":\"" + jwksUri + "\"}"));
    }

    /** The key set of the issuer, by a host that is not the issuer's own. */
    private static String elsewhere(KeyDrill drill) {
        URI own = drill.issuer.jwksUri();
        String host = own.getHost().equals("localhost") ? "127.0.0.1" : "localhost";
        return "http://" + host + ":" + own.getPort() + own.getPath();
    }

    private static RefusalReason judge(KeyDrill drill, TokenGuard guard) {
        return reasonOf(guard.decide(bearing(drill.issuer.token().sign())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "https://169.254.169.254/latest/meta-data",
                "https://metadata.internal/jwks",
                "https://10.0.0.1/jwks",
                "https://172.16.0.1/jwks",
                "https://192.168.1.1/jwks",
                "https://100.64.0.1/jwks",
                "https://127.0.0.2/jwks",
                "https://0.0.0.0/jwks",
                "https://192.0.0.8/jwks",
                "https://198.18.0.1/jwks",
                "https://224.0.0.1/jwks",
                "https://255.255.255.255/jwks",
                "https://[::1]/jwks",
                "https://[::]/jwks",
                "https://[fd00::1]/jwks",
                "https://[fe80::1]/jwks",
                "https://[::ffff:10.0.0.1]/jwks",
                "https://[64:ff9b::a00:1]/jwks",
                "https://[2002:a00:1::]/jwks",
                "file:///etc/passwd",
                "jar:file:///app.jar!/jwks",
                "ftp://keys.example/jwks",
                "http://keys.example/jwks",
                "https://user@keys.example/jwks",
                "https://keys.example:22/jwks",
                "https://keys.example/jwks#fragment",
                "//keys.example/jwks",
                "/jwks",
                "https://",
                "https://k\u00e9ys.example/jwks",
                "https://keys.example./jwks",
                "https://keys.example:65536/jwks",
                "https://[fe80::1%25eth0]/jwks",
                "https://[2001:db8::1%25eth0]/jwks",
                "https://2130706433/jwks",
                "https://[::10.0.0.1]/jwks",
                "https://[2001:0:a00:1::]/jwks",
                "not an address",
                ""
            })
    void fetchesNoKeysFromWhereMetadataShouldNotLead(String jwksUri) {
        try (KeyDrill drill = KeyDrill.discovering();
                TokenGuard guard = drill.describe(settings -> settings)
                        .names(names(drill, "10.1.2.3"))
                        .build()) {
            leadTo(drill, jwksUri);
            assertThat(judge(drill, guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                    .startsWith("jwks_uri ");
            assertThat(drill.fetches()).hasSizeLessThanOrEqualTo(2);
            assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isZero();
        }
    }

    @Test
    void fetchesKeysFromAnotherHostOfTheOpenInternet() {
        try (KeyDrill drill = KeyDrill.discovering();
                TokenGuard guard = drill.describe(settings -> settings)
                        .names(host -> InetAddress.getAllByName(OUTSIDE))
                        .build()) {
            leadTo(drill, elsewhere(drill));
            assertThat(judge(drill, guard)).isNull();
        }
    }

    @Test
    void looksAgainBeforeEachLoadWhereANameLeads() {
        try (KeyDrill drill = KeyDrill.discovering()) {
            AtomicInteger looked = new AtomicInteger();
            String own = URI.create(drill.issuer.issuer()).getHost();
            NameLookup rebinding = host -> {
                boolean isInner = !host.equals(own) && looked.incrementAndGet() > 1;
                return InetAddress.getAllByName(isInner ? "127.0.0.1" : OUTSIDE);
            };
            try (TokenGuard guard =
                    drill.describe(settings -> settings).names(rebinding).build()) {
                leadTo(drill, elsewhere(drill));
                assertThat(judge(drill, guard)).isNull();
                drill.timer.advance(Duration.ofMinutes(4), () -> KeyDrill.settle(guard));
                assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                        .startsWith("jwks_uri leads to an internal address");
                assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isEqualTo(1);
            }
        }
    }

    @Test
    void asksNobodyAboutAnIssuerThatIsNotTrusted() {
        AtomicInteger looked = new AtomicInteger();
        try (KeyDrill drill = KeyDrill.discovering();
                TokenGuard guard = drill.describe(settings -> settings)
                        .names(host -> {
                            looked.incrementAndGet();
                            throw new UnknownHostException(host);
                        })
                        .build()) {
            String token =
                    drill.issuer.token().issuer("https://attacker.example").sign();
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            assertThat(looked).hasValue(0);
            assertThat(drill.fetches()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s/", "HTTP%s", "%s?", "https://elsewhere.example"})
    void takesMetadataOfExactlyItsIssuerOnly(String pattern) {
        try (KeyDrill drill = KeyDrill.discovering()) {
            String issuer = drill.issuer.issuer();
            String claimed = pattern.startsWith("HTTP")
                    ? "HTTP" + issuer.substring(4)
                    : String.format(Locale.ROOT, pattern, issuer);
            drill.issuer
                    .on(TestEndpoint.OIDC_DISCOVERY)
                    .answer(Fault.body(
                            "{\"issuer\":\"" + claimed + "\",\"jwks_uri\":\"" + drill.issuer.jwksUri() + "\"}"));
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(drill.health().lastFailure().orElseThrow())
                    .startsWith("metadata is that of another issuer: found " + claimed + ", expected " + issuer)
                    .contains("metadata-issuer", "jwks-uri");
            assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isZero();
        }
    }

    /** Answers the first requests for the key set with redirects, and the rest with the set. */
    private static void redirect(KeyDrill drill, int status, String location, int times) {
        drill.issuer
                .on(TestEndpoint.JWKS)
                .answerTimes(times, Fault.status(status).header("Location", location));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsThreeRedirectsWithinTheOrigin(int status) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            redirect(drill, status, "?again", 3);
            assertThat(drill.judge()).isNull();
        }
    }

    @Test
    void followsNoFourthRedirect() {
        try (KeyDrill drill = KeyDrill.addressed()) {
            redirect(drill, 302, "?again", 4);
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:%d/as/jwks", "https://127.0.0.1:%d/as/jwks", "//127.0.0.1:1/x", "%%"})
    void followsNoRedirectToAnotherOrigin(String location) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            int port = drill.issuer.jwksUri().getPort();
            String elsewhere = drill.issuer.jwksUri().getHost().equals("localhost")
                    ? location.replace("localhost", "127.0.0.1")
                    : location;
            drill.answer(Fault.status(302).header("Location", String.format(Locale.ROOT, elsewhere, port)));
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isEqualTo(1);
        }
    }

    @Test
    void readsACompressedKeySet() {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answer(Fault.gzip());
            assertThat(drill.judge()).isNull();
        }
    }

    /** A megabyte of spaces takes a kilobyte when it is compressed. */
    @ParameterizedTest
    @CsvSource({"1048576, ", "1048577, KEYS_UNAVAILABLE", "100000000, KEYS_UNAVAILABLE"})
    void decompressesNoMoreThanItReads(int bytes, RefusalReason reason) throws IOException {
        try (KeyDrill drill = KeyDrill.addressed()) {
            String set = drill.issuer.jwksJson();
            drill.answer(Fault.status(200)
                    .header("Content-Encoding", "gzip")
                    .body(gzip(set + " ".repeat(bytes - set.length()))));
            assertThat(drill.judge()).isEqualTo(reason);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip"})
    void readsNoOtherCoding(String coding) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answer(Fault.status(200).header("Content-Encoding", coding).body(drill.issuer.jwksJson()));
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void readsAKeySetBehindAByteOrderMark() {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answer(Fault.body("\uFEFF" + drill.issuer.jwksJson()));
            assertThat(drill.judge()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, ", "1001, KEYS_UNAVAILABLE"})
    void readsAThousandKeysAndNoMore(int keys, RefusalReason reason) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            String others = "{\"kty\":\"oct\"},".repeat(keys - 1);
            drill.answer(Fault.body("{\"keys\":[" + others + KeyDrill.KEY.publicJwk() + "]}"));
            assertThat(drill.judge()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, ", "4, KEYS_UNAVAILABLE"})
    void readsNoMoreKeysThanAreSet(int keys, RefusalReason reason) {
        try (KeyDrill drill = KeyDrill.addressed(settings -> settings.keySetMaxKeys(3))) {
            String others = "{\"kty\":\"oct\"},".repeat(keys - 1);
            drill.answer(Fault.body("{\"keys\":[" + others + KeyDrill.KEY.publicJwk() + "]}"));
            assertThat(drill.judge()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"1048576, ", "1048577, KEYS_UNAVAILABLE"})
    void takesNoMoreThanAMebibyteOfABody(long bytes, RefusalReason reason) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answer(Fault.oversize(bytes));
            assertThat(drill.judge()).isEqualTo(reason);
        }
    }

    @Test
    void asksForNoCompression() {
        try (KeyDrill drill = KeyDrill.discovering().warm()) {
            assertThat(drill.issuer.recorded(TestEndpoint.JWKS).get(0).header("Accept-Encoding"))
                    .isEmpty();
            assertThat(drill.issuer.recorded(TestEndpoint.OIDC_DISCOVERY).get(0).header("Accept-Encoding"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "utf-7", "no-such-charset", "ISO-8859-1"})
    void readsUtf8WhateverCharsetAnAnswerClaims(String charset) {
        try (KeyDrill drill = KeyDrill.addressed()) {
            drill.answer(Fault.status(200)
                    .header("Content-Type", "application/json; charset=" + charset)
                    .body(drill.issuer.jwksJson()));
            assertThat(drill.judge()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "issuer-uri, https://as@evil.example/",
        "issuer-uri, https://as:1/",
        "issuer-uri, https://as.example:25/",
        "issuer-uri, https://\u00e1s.example/",
        "issuer-uri, https://as.example/#x",
        "issuer-uri, https://as.example/?x=1",
        "issuer-uri, http://as.example/",
        "issuer-uri, https:///as",
        "issuer-uri, https://as.example./",
        "issuer-uri, https://as.example:65536/",
        "issuer-uri, https://[fe80::1%25eth0]/",
        "issuer-uri, file:///etc/passwd",
        "jwks-uri, https://as@evil.example/jwks",
        "jwks-uri, https://as:1/jwks",
        "jwks-uri, https://\u00e1s.example/jwks",
        "jwks-uri, http://as.example/jwks",
        "jwks-uri, file:///etc/passwd"
    })
    void doesNotStartWithAnAddressThatIsNone(String key, String address) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "tokenguard.issuers.main.issuer-uri",
                "https://as.example",
                "tokenguard.issuers.main.audiences",
                AUDIENCE));
        settings.put("tokenguard.issuers.main." + key, address);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GuardProperties.of(settings).toBuilder().build())
                .withMessageContaining("tokenguard.issuers.main." + key);
    }

    @Test
    void saysThatAHostCantBeResolved() {
        try (KeyDrill drill = KeyDrill.addressed();
                TokenGuard guard = drill.describe(
                                settings -> settings.keysFrom(URI.create("https://nowhere.invalid/jwks")))
                        .build()) {
            assertThat(judge(drill, guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            KeyDrill.settle(guard);
            assertThat(guard.health().issuers().get(0).lastFailure().orElseThrow())
                    .startsWith("host can't be resolved, at https://nowhere.invalid/jwks")
                    .contains("jwks.proxy");
        }
    }

    @Test
    void closesTheConnectionOfABodyThatDrips() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                KeyDrill drill = KeyDrill.addressed();
                TokenGuard guard = drill.describe(settings ->
                                settings.keysFrom(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/jwks")))
                        .build()) {
            CompletableFuture<Boolean> wasClosed = CompletableFuture.supplyAsync(() -> dripUntilClosed(server, drill));
            assertThat(judge(drill, guard)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            assertThat(wasClosed.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        }
    }

    /** Headers and one byte at once, and then nothing: the rest is up to the client. */
    private static boolean dripUntilClosed(ServerSocket server, KeyDrill drill) {
        try (Socket connection = server.accept()) {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            while (!drill.timer.delays().contains(KeyDrill.TIMEOUT)) {
                Thread.onSpinWait();
            }
            drill.timer.advance(KeyDrill.TIMEOUT);
            connection.setSoTimeout(10_000);
            return isAtEnd(connection.getInputStream());
        } catch (IOException reset) {
            return true;
        }
    }

    private static boolean isAtEnd(InputStream request) throws IOException {
        byte[] read = new byte[4096];
        int count = 0;
        while (count >= 0) {
            count = request.read(read);
        }
        return true;
    }
}
