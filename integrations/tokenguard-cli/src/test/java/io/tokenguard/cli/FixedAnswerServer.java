package io.tokenguard.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Answers every request with the same lines, such as with a wrong clock, or as a proxy that refuses. */
final class FixedAnswerServer implements AutoCloseable {
    private final ServerSocket listening;
    private volatile String answer = "";

    private FixedAnswerServer(ServerSocket listening) {
        this.listening = listening;
    }

    static FixedAnswerServer start() {
        try {
            FixedAnswerServer server = new FixedAnswerServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::serve, "fixed-answers");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void answer(List<String> head, String body) {
        answer = String.join("\r\n", head) + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n"
                + body;
    }

    String authority() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                BufferedReader request = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                String line = request.readLine();
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
            } catch (IOException ended) {
                // the client has gone, or the test is over
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
