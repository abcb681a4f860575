package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An application that is being served, with the issuer that it trusts. */
record Site(
        RunningServer server,
        TestIssuer issuer,
        TokenGuard guard,
        List<String> reached,
        Path documentRoot,
        String address)
        implements AutoCloseable {

    /** Sends one request with these further field lines. */
    Answer send(String method, String target, String... lines) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        String fields = Stream.of(lines).map(line -> line + "\r\n").reduce("", String::concat);
        return exchange(head + fields + "\r\n");
    }

    Answer get(String target, String... lines) throws IOException {
        return send("GET", target, lines);
    }

    /** Sends a form. */
    Answer post(String target, String form, String... lines) throws IOException {
        String head = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n";
        String fields = Stream.of(lines).map(line -> line + "\r\n").reduce("", String::concat);
        return exchange(head + fields + "\r\n" + form);
    }

    /** Sends these characters as bytes of ISO-8859-1, and reads one answer. */
    Answer exchange(String rawRequest) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(rawRequest);
        }
    }

    RawConnection connect() throws IOException {
        return new RawConnection(address, server.port());
    }

    String bearer() {
        return bearerOf("alice");
    }

    String bearerOf(String subject, String... scopes) {
        return "Authorization: Bearer " + tokenOf(subject, scopes);
    }

    String bearerWithRole(String role) {
        return "Authorization: Bearer "
                + issuer.token().claim("roles", List.of(role)).sign();
    }

    String tokenOf(String subject, String... scopes) {
        return issuer.token().subject(subject).scope(scopes).sign();
    }

    @Override
    public void close() {
        server.close();
        guard.close();
        issuer.close();
        try (Stream<Path> files = Files.walk(documentRoot)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
