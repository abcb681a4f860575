package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultTest {
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Duration A_MOMENT = Duration.ofMillis(150);

    private final Web web = new Web();
    private final TestIssuer issuer = TestIssuer.builder().keys(KnownKeys.EC).start();
    private final EndpointBehaviour jwks = issuer.on(TestEndpoint.JWKS);

    @AfterEach
    void close() {
        issuer.close();
    }

    @Nested
    class LateAnswers {

        @Test
        void delayedOneIsHonest() throws Exception {
            jwks.answer(Fault.delay(A_MOMENT));
            long start = System.nanoTime();
            String body = fetch().body();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(A_MOMENT);
            assertThat(body).isEqualTo(issuer.jwksJson());
        }

        @Test
        void delayedOneComesAtOnceWhenHealed() throws Exception {
            jwks.answer(Fault.delay(FOREVER));
            try (RawConnection connection = RawConnection.heldBy(issuer)) {
                assertThat(connection.staysSilentFor(A_MOMENT)).isTrue();
                jwks.heal();

                assertThat(connection.head()).startsWith("HTTP/1.1 200");
                assertThat(connection.rest()).isEqualTo(issuer.jwksJson());
            }
        }

        @Test
        void hangingOneIsHonestWhenHealed() throws Exception {
            jwks.answer(Fault.hang());
            try (RawConnection connection = RawConnection.heldBy(issuer)) {
                assertThat(connection.staysSilentFor(A_MOMENT)).isTrue();
                issuer.heal();

                assertThat(connection.head()).startsWith("HTTP/1.1 200");
                assertThat(connection.rest()).isEqualTo(issuer.jwksJson());
            }
        }

        @Test
        void hangingOneIsLetGoWhenAnotherFaultReplacesItsOwn() throws Exception {
            jwks.answer(Fault.hang());
            try (RawConnection connection = RawConnection.heldBy(issuer)) {
                assertThat(connection.staysSilentFor(A_MOMENT)).isTrue();
                jwks.answer(Fault.status(503));

                assertThat(connection.head()).startsWith("HTTP/1.1 200");
                assertThat(fetch().statusCode()).isEqualTo(503);
            }
        }

        @Test
        void hangingOnesDoNotHoldUpOtherEndpoints() throws Exception {
            jwks.answer(Fault.hang());
            RawConnection[] held = new RawConnection[50];
            for (int i = 0; i < held.length; i++) {
                held[i] = RawConnection.heldBy(issuer);
            }

            assertThat(web.get(issuer.oidcDiscoveryUri()).statusCode()).isEqualTo(200);
            for (RawConnection connection : held) {
                connection.close();
            }
        }

        @Test
        void drippingOneSendsHeadersAtOnceAndThenHardlyAnything() throws Exception {
            jwks.answer(Fault.drip(FOREVER));
            try (RawConnection connection = RawConnection.get(issuer.jwksUri())) {
                assertThat(connection.head())
                        .contains("Content-length: " + issuer.jwksJson().length());
                assertThat(connection.staysSilentFor(A_MOMENT)).isTrue();
                jwks.heal();

                assertThat(connection.rest()).isEqualTo(issuer.jwksJson());
            }
        }

        @Test
        void drippingOneComesByteByByte() throws Exception {
            Duration perByte = Duration.ofMillis(2);
            jwks.answer(Fault.drip(perByte));
            long start = System.nanoTime();
            String body = fetch().body();

            assertThat(body).isEqualTo(issuer.jwksJson());
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(perByte.multipliedBy(body.length()));
        }
    }

    @Nested
    class BrokenAnswers {

        @Test
        void droppedOneHasNoByte() throws Exception {
            jwks.answer(Fault.dropConnection());
            try (RawConnection connection = RawConnection.get(issuer.jwksUri())) {
                assertThat(connection.read()).isEqualTo(-1);
            }
        }

        @Test
        void droppedOneIsAnErrorToAProperClient() {
            jwks.answer(Fault.dropConnection());

            assertThatThrownBy(FaultTest.this::fetch).isInstanceOf(IOException.class);
        }

        @Test
        void truncatedOneAnnouncesTheWholeAndSendsHalf() throws Exception {
            String honest = issuer.jwksJson();
            jwks.answer(Fault.truncated());
            try (RawConnection connection = RawConnection.get(issuer.jwksUri())) {
                assertThat(connection.head()).startsWith("HTTP/1.1 200").contains("Content-length: " + honest.length());
                assertThat(connection.rest()).isEqualTo(honest.substring(0, honest.length() / 2));
            }
        }

        @Test
        void truncatedOneIsAnErrorToAProperClient() {
            jwks.answer(Fault.truncated());

            assertThatThrownBy(FaultTest.this::fetch).isInstanceOf(IOException.class);
        }
    }

    @Nested
    class BulkyAnswers {

        @ParameterizedTest
        @ValueSource(longs = {1000, 8192, 10L << 20})
        void oversizeOneIsTheHonestDocumentPaddedToTheLength(long bytes) throws Exception {
            jwks.answer(Fault.oversize(bytes));
            HttpResponse<String> answer = fetch();

            assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(bytes);
            assertThat(answer.body().length()).isEqualTo((int) bytes);
            assertThat(answer.body().stripTrailing()).isEqualTo(issuer.jwksJson());
        }

        @Test
        void oversizeOneIsNeverShorterThanTheDocument() throws Exception {
            jwks.answer(Fault.oversize(1));

            assertThat(fetch().body()).isEqualTo(issuer.jwksJson());
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void oversizeOneHasALength(long bytes) {
            assertThatThrownBy(() -> Fault.oversize(bytes)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void endlessOneFlowsPastAnyLimitUntilHealed() throws Exception {
            jwks.answer(Fault.endless());
            HttpResponse<InputStream> answer =
                    web.client().send(Web.request("GET", issuer.jwksUri()).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
                assertThat(new String(body.readNBytes(8 << 20), UTF_8).stripTrailing())
                        .isEqualTo(issuer.jwksJson());
                jwks.heal();

                assertThat(new String(body.readAllBytes(), UTF_8)).isBlank();
            }
        }

        @Test
        void gzippedOneUnpacksToTheHonestDocument() throws Exception {
            jwks.answer(Fault.gzip());
            HttpResponse<byte[]> answer =
                    web.client().send(Web.request("GET", issuer.jwksUri()).build(), BodyHandlers.ofByteArray());

            assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(new String(unpacked.readAllBytes(), UTF_8)).isEqualTo(issuer.jwksJson());
            }
        }

        @Test
        void noneOfThemHasABodyForHead() throws Exception {
            for (Fault fault : new Fault[] {
                Fault.endless(), Fault.oversize(Long.MAX_VALUE), Fault.drip(FOREVER), Fault.gzip(), Fault.truncated()
            }) {
                jwks.answer(fault);

                assertThat(web.send("HEAD", issuer.jwksUri()).body())
                        .as(fault.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void saysWhatItDoes() {
        assertThat(Fault.drip(Duration.ofSeconds(1))).hasToString("drip PT1S");
        assertThat(Fault.status(503).body("down")).hasToString("answer 503 with 4 bytes");
    }

    private HttpResponse<String> fetch() throws IOException, InterruptedException {
        return web.get(issuer.jwksUri());
    }
}
