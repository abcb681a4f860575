package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** One GET on a bare socket, for what a proper client would hide: silence, half answers, broken connections. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static RawConnection get(URI uri) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE);
        String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return new RawConnection(socket);
    }

    /** Asks for the key set, and returns when the issuer is at work on the answer. */
    static RawConnection heldBy(TestIssuer issuer) throws IOException {
        int before = issuer.requests(TestEndpoint.JWKS);
        RawConnection connection = get(issuer.jwksUri());
        while (issuer.requests(TestEndpoint.JWKS) == before) {
            Thread.onSpinWait();
        }
        return connection;
    }

    /** The status line and the header lines. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("Closed after '" + head.toString(ISO_8859_1) + "'");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    String rest() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    int read() throws IOException {
        return in.read();
    }

    boolean staysSilentFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            in.read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE);
        }
    }

    /** Reads whatever still comes, and fails if nothing ends it. */
    boolean isClosedByTheOtherSide() throws IOException {
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
