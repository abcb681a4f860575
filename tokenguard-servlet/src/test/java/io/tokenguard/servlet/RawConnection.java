package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Speaks HTTP/1.1 to the letter, also to the wrong one: clients that mend requests can't show what a server withstands. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(String address, int port) throws IOException {
        this(new Socket(InetAddress.getAllByName(address)[0], port));
    }

    RawConnection(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    Answer exchange(String rawRequest) throws IOException {
        socket.getOutputStream().write(rawRequest.getBytes(ISO_8859_1));
        return read(rawRequest.startsWith("HEAD "));
    }

    private Answer read(boolean isHead) throws IOException {
        int status = Integer.parseInt(readLine().split(" ", -1)[1]);
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            lines.add(line);
        }
        Answer head = new Answer(status, lines, "");
        boolean isBodiless = isHead || status == 101 || status == 204 || status == 304;
        return isBodiless ? head : new Answer(status, lines, readBody(head));
    }

    private String readBody(Answer head) throws IOException {
        if (head.header("Transfer-Encoding").contains("chunked")) {
            return readChunks();
        }
        List<String> length = head.header("Content-Length");
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length.get(0)));
        return new String(body, ISO_8859_1);
    }

    private String readChunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(new String(in.readNBytes(size), ISO_8859_1));
            readLine();
        }
        readLine();
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The server closed the connection after: " + line.toString(ISO_8859_1));
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
