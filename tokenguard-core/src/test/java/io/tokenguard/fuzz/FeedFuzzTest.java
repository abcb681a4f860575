package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.FeedAnswer;
import java.util.Arrays;
import java.util.List;

/**
 * Any header and any payload, signed by a key that is trusted, sent as logout token and as security event token; and the input
 * itself as a body. Whatever comes is taken or refused, and never said to be nobody's fault.
 */
class FeedFuzzTest {
    private static final FuzzedGuard GUARD = FuzzedGuard.strict();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String EVENT = "application/secevent+jwt";

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "\"typ\":\"logout+jwt\"",
        "\"typ\":\"secevent+jwt\"",
        "\"iss\":\"https://issuer.example\"",
        "\"aud\":\"https://api.example.com\"",
        "\"iat\":1893456000",
        "\"exp\":1893459600",
        "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}",
        "\"https://schemas.openid.net/secevent/caep/event-type/session-revoked\":{",
        "\"sub_id\":{\"format\":\"iss_sub\"",
        "\"format\":\"aliases\",\"identifiers\":[",
        "\"format\":\"complex\"",
        "\"subject_type\":",
        "\"event_timestamp\":",
        "\"nonce\":null",
        "logout_token=",
        "&",
        "%2e"
    })
    void takesOrRefuses(byte[] input) {
        int headerEnd = 0;
        while (headerEnd < input.length && input[headerEnd] != '\n') {
            headerEnd++;
        }
        byte[] payload = Arrays.copyOfRange(input, Math.min(headerEnd + 1, input.length), input.length);
        byte[] token =
                FuzzedGuard.sign(Arrays.copyOf(input, headerEnd), payload).getBytes(ISO_8859_1);
        require(GUARD.receive(EVENT, token), 202);
        require(GUARD.receive(FORM, ("logout_token=" + new String(token, ISO_8859_1)).getBytes(ISO_8859_1)), 200);
        require(GUARD.receive(EVENT, input), 202);
        require(GUARD.receive(FORM, input), 200);
    }

    private static void require(FeedAnswer answer, int success) {
        requireThat(List.of(success, 400).contains(answer.status()), "answered with " + answer.status());
    }
}
