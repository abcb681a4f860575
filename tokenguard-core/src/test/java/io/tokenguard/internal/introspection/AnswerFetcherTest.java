package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662 §2.1, §2.3; RFC 9701 §4. */
class AnswerFetcherTest {
    private final AnsweringServer server = new AnsweringServer(TestClock.startingAt(Instant.EPOCH));

    AnswerFetcherTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    private String ask(boolean asksForSignature) {
        byte[] body = server.fetcher(asksForSignature).ask("a+b").join();
        return new String(body, StandardCharsets.UTF_8);
    }

    private Throwable failure(boolean asksForSignature) {
        return catchThrowable(() -> server.fetcher(asksForSignature).ask("a+b").join())
                .getCause();
    }

    @Test
    void sendsTheTokenInAForm() {
        server.with(200, "application/json", "{}");
        assertThat(ask(false)).isEqualTo("{}");
        assertThat(server.lastBody())
                .isEqualTo("token=a%2Bb&token_type_hint=access_token&client_id=api&client_secret=secret");
        assertThat(server.lastHeader("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(server.lastHeader("Accept")).isEqualTo("application/json");
    }

    @Test
    void sendsFurtherFieldsToTheAddressOfTheEndpoint() {
        server.with(200, "application/json", "{}");
        ask(false);
        assertThat(server.lastHeader("X-tenant")).isEqualTo("127.0.0.1");
    }

    @Test
    void asksForASignedAnswer() {
        server.with(200, "application/token-introspection+jwt", "a.b.c");
        assertThat(ask(true)).isEqualTo("a.b.c");
        assertThat(server.lastHeader("Accept")).isEqualTo("application/token-introspection+jwt");
        assertThat(failure(false)).hasMessage("answer is of another media type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/JSON", "application/json;charset=utf-8", " application/json ; x=y"})
    void readsMediaTypesInAnyCaseAndWithParameters(String type) {
        server.with(200, type, "{}");
        assertThat(ask(false)).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/html", "application/token-introspection+jwt"})
    void takesNoAnswerOfAnotherMediaType(String type) {
        server.with(200, type, "{}");
        assertThat(failure(false)).isInstanceOf(FetchException.class).hasMessage("answer is of another media type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_client", "unauthorized_client"})
    void saysThatTheClientIsRejected(String error) {
        server.with(400, "application/json", "{\"error\":\"" + error + "\"}");
        assertThat(CallFailure.of(failure(false)).cause()).isEqualTo(CallFailure.Cause.CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"invalid_request\"}", "{\"error\":1}", "{}", "junk", ""})
    void saysThatTheRequestIsRejected(String body) {
        server.with(400, "application/json", body);
        assertThat(failure(false))
                .isInstanceOfSatisfying(
                        FetchException.class,
                        failure -> assertThat(failure.status()).isEqualTo(400));
    }

    @Test
    void failsWithTheStatusOfAnyOtherAnswer() {
        server.with(503, "application/json", "{}");
        assertThat(failure(false))
                .isInstanceOfSatisfying(
                        FetchException.class,
                        failure -> assertThat(failure.status()).isEqualTo(503));
    }
}
