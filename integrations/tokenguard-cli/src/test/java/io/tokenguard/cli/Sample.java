package io.tokenguard.cli;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A configuration whose keys are in a file, and tokens for it. */
final class Sample {
    static final String AT = "2026-01-31T12:00:00Z";
    static final String ISSUER = "https://issuer.example.com";

    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "key-1");
    private static final TestIssuer TOKENS = TestIssuer.builder().keys(KEY).inMemory();

    private final Path folder;

    Sample(Path folder) {
        this.folder = folder;
    }

    TokenBuilder token() {
        return TOKENS.token()
                .issuer(ISSUER)
                .subject("alice")
                .clientId("shop")
                .audience("https://api.example.com")
                .scope("orders:read")
                .tokenId("token-1")
                .issuedAt(Instant.parse(AT).minusSeconds(30))
                .expiresAt(Instant.parse(AT).plusSeconds(270));
    }

    /** A file with the key that signs the tokens. */
    Path keys() {
        return write("keys.jwks", "{\"keys\":[" + KEY.publicJwk() + "]}");
    }

    String config(String... more) {
        Path keys = keys();
        return write(
                        "guard.properties",
                        String.join(
                                "\n",
                                "tokenguard.issuer-uri=" + ISSUER,
                                "tokenguard.audiences=https://api.example.com",
                                "tokenguard.jwks-file=" + keys,
                                "tokenguard.routes.health=GET /health public",
                                "tokenguard.routes.read=GET /orders/** scope orders:read",
                                "tokenguard.routes.write=POST /orders/** scope orders:write",
                                "tokenguard.routes.admin=/orders/admin role admin",
                                "tokenguard.roles-claim=roles",
                                String.join("\n", more)))
                .toString();
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
