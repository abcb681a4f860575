package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process of its own that knows a token only encrypted: decides about it, from the second time on by the cache, and dumps its heap.
 * Arguments: issuer, file with its keys, file with the API's private key, file for the dump. The token comes in by the input.
 */
final class DecryptingProcess {
    private static final int TIMES = 3;

    private DecryptingProcess() {}

    public static void main(String[] args) throws IOException {
        String token = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
        try (TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(args[0])
                        .audience(GuardedIssuer.AUDIENCE)
                        .keysFrom(Path.of(args[1]))
                        .build())
                .decryptionKeyFile(Path.of(args[2]))
                .route("/orders authenticated")
                .build()) {
            for (int i = 0; i < TIMES; i++) {
                if (reasonOf(guard.decide(bearing(token))) != null) {
                    throw new IllegalStateException("refused");
                }
            }
            DumpSearch.dump(Path.of(args[3]));
            if (guard.stats().tokenCache().hits() != TIMES - 1) {
                throw new IllegalStateException("not cached");
            }
        }
    }
}
