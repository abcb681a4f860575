package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Any Authorization field lines. A line is a line of the input; {@code $} in it stands for a good token. */
class CredentialFuzzTest {
    private static final FuzzedGuard GUARD = FuzzedGuard.strict();
    private static final String GOOD = FuzzedGuard.goodToken();

    /** RFC 6750 §2.1 in one expression: what is granted, and nothing else. */
    private static final Pattern GRANTED =
            Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] {1,8}" + Pattern.quote(GOOD), Pattern.DOTALL);

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        "Bearer $",
        "bearer",
        "BEARER",
        "DPoP $",
        "Basic ",
        "\\x0a",
        "=",
        ", ",
        "\\x09",
        "\\xc5\\xbf",
        "\\xe2\\x84\\xaa"
    })
    void grantsTheOneGoodTokenAndNothingElse(byte[] input) {
        List<String> lines = List.of(new String(input, UTF_8).replace("$", GOOD).split("\n", -1));
        IncomingRequest.Builder request =
                IncomingRequest.builder("GET", "/orders").overTls();
        lines.forEach(line -> request.header("Authorization", line));
        boolean mayPass = lines.size() == 1 && GRANTED.matcher(lines.get(0)).matches();
        requireThat(
                GUARD.decide(request.build()) instanceof Decision.Granted == mayPass,
                "verdict is not that of the grammar");
    }
}
