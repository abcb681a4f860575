package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.internal.jose.AssertionSigner;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestKey;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** RFC 6749 §2.3.1, RFC 7523 §2.2, RFC 8705 §2. */
class ClientAuthenticatorTest {
    private final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://issuer.example/"));
    private final FormBody form = new FormBody().with("token", "t&k=n");

    /** The text that is sent. */
    private String body() {
        StringBuilder text = new StringBuilder();
        form.publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                text.append(StandardCharsets.US_ASCII.decode(bytes));
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {}
        });
        return text.toString();
    }

    private String header(String name) {
        return request.build().headers().firstValue(name).orElse("none");
    }

    @Test
    void encodesAndJoinsClientAndSecretInTheHeader() {
        ClientAuthenticator.basic("a:b", "s e+cret").add(request, form);
        assertThat(header("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("a%3Ab:s+e%2Bcret".getBytes(StandardCharsets.US_ASCII)));
        assertThat(body()).isEqualTo("token=t%26k%3Dn");
    }

    @Test
    void sendsClientAndSecretAsParameters() {
        ClientAuthenticator.post("shop&x=y", "s=1").add(request, form);
        assertThat(body()).isEqualTo("token=t%26k%3Dn&client_id=shop%26x%3Dy&client_secret=s%3D1");
        assertThat(header("Authorization")).isEqualTo("none");
    }

    @Test
    void sendsTheClientAloneBesideACertificate() {
        ClientAuthenticator.certificate("shop").add(request, form);
        assertThat(body()).isEqualTo("token=t%26k%3Dn&client_id=shop");
    }

    @Test
    void sendsABearerToken() {
        ClientAuthenticator.bearer("a.b.c").add(request, form);
        assertThat(header("Authorization")).isEqualTo("Bearer a.b.c");
    }

    @Test
    void signsAnAssertionForAMinute() throws Exception {
        TestKey key = TestKey.generate(TestAlgorithm.ES256, "k");
        AssertionSigner signer = AssertionSigner.read(key.privateJwk().getBytes(StandardCharsets.UTF_8));
        ClientAuthenticator authenticator = ClientAuthenticator.assertion(
                "shop", "https://issuer.example", signer, TestClock.startingAt(Instant.ofEpochSecond(1_000)));
        authenticator.add(request, form);
        String body = URLDecoder.decode(body(), StandardCharsets.UTF_8);
        assertThat(body)
                .contains(
                        "&client_id=shop&",
                        "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&");
        CompactToken assertion = CompactToken.parse(body.substring(body.indexOf("client_assertion=") + 17));
        assertThat(new String(Base64.getUrlDecoder().decode(assertion.payload()), StandardCharsets.UTF_8))
                .matches("\\{\"iss\":\"shop\",\"sub\":\"shop\",\"aud\":\"https://issuer.example\",\"iat\":1000,"
                        + "\"exp\":1060,\"jti\":\"[0-9a-f-]{36}\"}");
    }
}
