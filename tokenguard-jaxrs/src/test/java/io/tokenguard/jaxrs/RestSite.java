package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An application that is being served, with the issuer that it trusts. */
record RestSite(RunningServer server, TestIssuer issuer, TokenGuard guard, TokenGuardFeature feature, CountedKeys keys)
        implements AutoCloseable {
    private static final String ROLE = "role:";

    Answer get(String target, String... lines) throws IOException {
        return send("GET", target, "", lines);
    }

    Answer send(String method, String target, String body, String... lines) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        String fields = Stream.of(lines).map(line -> line + "\r\n").reduce("", String::concat);
        return exchange(head + length + fields + "\r\n" + body);
    }

    Answer exchange(String rawRequest) throws IOException {
        try (RawConnection connection = new RawConnection("127.0.0.1", server.port())) {
            return connection.exchange(rawRequest);
        }
    }

    /** A field line with a token that grants these scopes and, where they begin with {@code role:}, states these roles. */
    String bearer(String... grants) {
        return bearerOf("alice", grants);
    }

    String bearerOf(String subject, String... grants) {
        List<String> roles = Arrays.stream(grants)
                .filter(grant -> grant.startsWith(ROLE))
                .map(role -> role.substring(ROLE.length()))
                .toList();
        String[] scopes =
                Arrays.stream(grants).filter(grant -> !grant.startsWith(ROLE)).toArray(String[]::new);
        return "Authorization: Bearer "
                + issuer.token()
                        .subject(subject)
                        .scope(scopes)
                        .claim("roles", roles)
                        .sign();
    }

    @Override
    public void close() {
        server.close();
        guard.close();
        issuer.close();
    }
}
