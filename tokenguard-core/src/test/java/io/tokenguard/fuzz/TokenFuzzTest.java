package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import java.util.Arrays;

/**
 * Any text as a token, and any three parts: the first line of the input is the header, the last the signature, and what is
 * between them the payload. Nobody signed any of it, so nothing of it is ever granted.
 */
class TokenFuzzTest {
    private static final FuzzedGuard GUARD = FuzzedGuard.strict();

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}\\x0a",
        "{\"iss\":\"https://issuer.example\"}\\x0a",
        "\"alg\":\"none\"",
        "\"crit\":[\"b64\"]",
        "\"b64\":false",
        "\\x5cu0000",
        "\\x5cud800",
        "1e308",
        "null",
        "\\x0a"
    })
    void grantsNothingThatNobodySigned(byte[] input) {
        requireThat(GUARD.validate(new String(input, ISO_8859_1)) != null, "a text was granted");
        int headerEnd = lineEnd(input, 0, 1);
        int payloadEnd = lineEnd(input, input.length - 1, -1);
        byte[] payload = headerEnd < payloadEnd ? Arrays.copyOfRange(input, headerEnd + 1, payloadEnd) : new byte[0];
        byte[] signature = Arrays.copyOfRange(input, Math.min(payloadEnd + 1, input.length), input.length);
        String token = FuzzedGuard.assemble(Arrays.copyOf(input, headerEnd), payload, signature)
                .compact();
        Decision decision = GUARD.decide(IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
        requireThat(decision instanceof Decision.Refused, "an unsigned token was granted");
    }

    /** Where a line ends, seen from one end of the input; the length of the input where there is only one line. */
    private static int lineEnd(byte[] input, int from, int step) {
        for (int at = from; at >= 0 && at < input.length; at += step) {
            if (input[at] == '\n') {
                return at;
            }
        }
        return input.length;
    }
}
