package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.internal.introspection.CallFailure.Cause;
import io.tokenguard.internal.keys.FetchException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failed call says: about the token, about this API, or about the server. */
class CallFailureTest {
    @ParameterizedTest
    @CsvSource({
        "400, TOKEN",
        "401, CREDENTIALS",
        "403, CREDENTIALS",
        "404, ENDPOINT",
        "405, ENDPOINT",
        "408, SERVER",
        "413, TOKEN",
        "414, TOKEN",
        "429, RATE",
        "500, SERVER",
        "503, SERVER",
        "302, SERVER"
    })
    void isToldByTheStatus(int status, Cause cause) {
        CallFailure failure = CallFailure.of(FetchException.ofStatus(status, Duration.ofSeconds(7)));
        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.problem()).isEqualTo("status " + status);
        assertThat(failure.patience()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void isAboutTheServerIfThereIsNoAnswer() {
        assertThat(CallFailure.of(new IOException("reset")).cause()).isEqualTo(Cause.SERVER);
        assertThat(CallFailure.of(null).cause()).isEqualTo(Cause.SERVER);
    }

    @Test
    void isAboutTheCredentialsIfTheServerRejectsTheClient() {
        FetchException rejected = FetchException.ofRejectedClient();
        assertThat(CallFailure.of(rejected).cause()).isEqualTo(Cause.CREDENTIALS);
        CallFailure wrapped = CallFailure.of(new CompletionException(new CompletionException(rejected)));
        assertThat(wrapped.cause()).isEqualTo(Cause.CREDENTIALS);
        assertThat(wrapped.problem()).isEqualTo("status 400: the client is rejected");
        assertThat(wrapped.patience()).isZero();
    }
}
