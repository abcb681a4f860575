package io.tokenguard.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes requests that are ready in bytes over one connection, and reads the answers. Costs little, and always the same. */
public final class LoopbackClient implements AutoCloseable {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[16 * 1024];

    /** Connects to a port of the loopback address. */
    public LoopbackClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A request as it goes over the wire. */
    public static byte[] request(String path, String authorization) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends a request, reads the whole answer, and returns its status. */
    public int send(byte[] request) throws IOException {
        out.write(request);
        int filled = 0;
        String text = "";
        int end = -1;
        while (end < 0) {
            filled += read(filled);
            text = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
            end = text.indexOf(END_OF_HEAD);
        }
        int whole = end + END_OF_HEAD.length() + bodyLength(text.substring(0, end));
        while (filled < whole) {
            filled += read(filled);
        }
        return Integer.parseInt(text.substring(9, 12));
    }

    private int read(int filled) throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            throw new EOFException("The server hung up, or said more than was expected");
        }
        return read;
    }

    private static int bodyLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = lower.indexOf('\r', at);
        return Integer.parseInt(lower.substring(at + LENGTH.length(), end < 0 ? lower.length() : end)
                .strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
