package io.tokenguard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that opens tunnels (RFC 9110 §9.3.6), and records where to. */
final class TunnellingProxy implements AutoCloseable {
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final Map<String, String> routes;
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    TunnellingProxy() throws IOException {
        this(Map.of());
    }

    /** @param routes where tunnels to some targets lead instead, each {@code host:port} */
    TunnellingProxy(Map<String, String> routes) throws IOException {
        this.routes = Map.copyOf(routes);
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    List<String> tunnels() {
        return tunnels;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                start(() -> tunnel(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void tunnel(Socket client) {
        try {
            String target = head(client.getInputStream()).split(" ", -1)[1];
            tunnels.add(target);
            String route = routes.getOrDefault(target, target);
            int colon = route.lastIndexOf(':');
            Socket server = new Socket(route.substring(0, colon), Integer.parseInt(route.substring(colon + 1)));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            start(() -> pump(server, client));
            pump(client, server);
        } catch (IOException closed) {
            // The client has hung up.
        }
    }

    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) input.read());
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream output = to.getOutputStream();
            from.getInputStream().transferTo(output);
        } catch (IOException closed) {
            // One side has hung up.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
