package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.TrustedIssuer.Connection.usual;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own, to be started with environment variables: prints what it decides. Arguments: issuer, its keys, authority, token. */
final class ProxiedProcess {
    private ProxiedProcess() {}

    public static void main(String[] args) {
        try (TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(args[0])
                        .audience(GuardedIssuer.AUDIENCE)
                        .keysFrom(URI.create(args[1]))
                        .keyTimeout(Duration.ofSeconds(25))
                        .connection(usual().caFile(Path.of(args[2])))
                        .build())
                .route("/orders authenticated")
                .build()) {
            System.out.println("decided " + reasonOf(guard.decide(bearing(args[3]))));
        }
    }
}
