package io.tokenguard.internal.feeds;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Back-Channel Logout 1.0 §2.5 and §2.8, RFC 8935 §2. */
class FeedProtocolTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String EVENT = "application/secevent+jwt";

    private static IncomingRequest request(String... types) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("POST", "/feed").overTls();
        for (String type : types) {
            request.header("Content-Type", type);
        }
        return request.build();
    }

    private static String token(FeedProtocol feed, String type, String body) throws RefusedException {
        return feed.token(request(type), new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {FORM, "Application/X-WWW-form-urlencoded; charset=UTF-8", " application/x-www-form-urlencoded ;"
            })
    void readsALogoutTokenFromAForm(String type) throws RefusedException {
        assertThat(token(FeedProtocol.LOGOUT, type, "logout_token=a.b.c")).isEqualTo("a.b.c");
    }

    @Test
    void readsAnEventTokenFromTheBody() throws RefusedException {
        assertThat(token(FeedProtocol.EVENTS, EVENT, "a.b.c")).isEqualTo("a.b.c");
    }

    @Test
    void readsNoOtherMediaType() {
        assertThat(reasonOf(() -> token(FeedProtocol.LOGOUT, EVENT, "logout_token=a")))
                .isEqualTo(RefusalReason.TOKEN_MALFORMED);
        assertThat(detailOf(() -> token(FeedProtocol.EVENTS, FORM, "a"))).isEqualTo("Content-Type");
        assertThat(detailOf(() -> FeedProtocol.EVENTS.token(request(), InputStream.nullInputStream())))
                .isEqualTo("Content-Type");
        assertThat(detailOf(() -> FeedProtocol.EVENTS.token(request(EVENT, EVENT), InputStream.nullInputStream())))
                .isEqualTo("Content-Type");
    }

    @Test
    void reads64KibibytesAtMost() throws RefusedException {
        String longest = "a".repeat(65_536);
        assertThat(token(FeedProtocol.EVENTS, EVENT, longest)).isEqualTo(longest);
        assertThat(reasonOf(() -> token(FeedProtocol.EVENTS, EVENT, longest + "a")))
                .isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
    }

    @Test
    void readsNothingFromABodyThatBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        };
        assertThat(reasonOf(() -> FeedProtocol.EVENTS.token(request(EVENT), broken)))
                .isEqualTo(RefusalReason.TOKEN_MALFORMED);
        assertThat(detailOf(() -> FeedProtocol.EVENTS.token(request(EVENT), broken)))
                .isEqualTo("body");
    }

    @Test
    void answersWhatIsTakenWithTheStatusOfItsSpecification() {
        Map<String, String> notStored = Map.of("Cache-Control", "no-store");
        assertThat(FeedProtocol.LOGOUT.taken()).isEqualTo(new FeedAnswer(200, notStored, ""));
        assertThat(FeedProtocol.EVENTS.taken()).isEqualTo(new FeedAnswer(202, notStored, ""));
    }

    /** RFC 9110 §15.5.6. */
    @Test
    void answersOtherMethodsWith405() {
        FeedAnswer answer = FeedProtocol.LOGOUT.methodNotAllowed();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "POST");
    }

    @Test
    void asksForAnotherTryWhereNothingCanBeTold() {
        FeedAnswer answer = FeedProtocol.EVENTS.refused(RefusalReason.KEYS_UNAVAILABLE);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "1");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN_MALFORMED,invalid_request",
        "EXPIRED,invalid_request",
        "SIGNATURE_INVALID,invalid_key",
        "KEY_UNKNOWN,invalid_key",
        "ALGORITHM_NOT_ALLOWED,invalid_key",
        "ISSUER_UNKNOWN,invalid_issuer",
        "AUDIENCE_MISMATCH,invalid_audience",
        "NO_CREDENTIALS,authentication_failed",
        "TRANSPORT_INSECURE,access_denied"
    })
    void namesTheErrorOfAnEventByRfc8935(RefusalReason reason, String error) {
        FeedAnswer answer = FeedProtocol.EVENTS.refused(reason);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Content-Language", "en")
                .containsEntry("Cache-Control", "no-store");
        assertThat(answer.body())
                .startsWith("{\"err\":\"" + error + "\",\"description\":\"T")
                .endsWith("\"}");
    }

    /** A logout has one error code; its description says what to send. */
    @Test
    void describesWhatIsWrongWithALogout() {
        assertThat(FeedProtocol.LOGOUT.refused(RefusalReason.EXPIRED).body())
                .isEqualTo(
                        "{\"error\":\"invalid_request\",\"error_description\":\"Send one logout_token, complete and in time,"
                                + " as application/x-www-form-urlencoded\"}");
        assertThat(FeedProtocol.LOGOUT.refused(RefusalReason.ISSUER_UNKNOWN).body())
                .isEqualTo(
                        "{\"error\":\"invalid_request\",\"error_description\":\"The issuer of the token is not trusted\"}");
    }
}
