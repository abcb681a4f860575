package io.tokenguard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that gives the same answer to each request, such as a proxy that opens no tunnel. */
final class AnsweringServer implements AutoCloseable {
    private final ServerSocket server;

    AnsweringServer(String statusAndFields) {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread thread = new Thread(() -> serve("HTTP/1.1 " + statusAndFields + "Content-Length: 0\r\n\r\n"), "answers");
        thread.setDaemon(true);
        thread.start();
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void serve(String answer) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    readHead(client.getInputStream());
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void readHead(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = input.read();
        while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
            head.append((char) next);
            next = head.indexOf("\r\n\r\n") < 0 ? input.read() : -1;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
