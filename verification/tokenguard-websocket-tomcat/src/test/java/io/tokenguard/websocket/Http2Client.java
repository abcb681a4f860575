package io.tokenguard.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;

/** Speaks HTTP/2 without TLS, and writes what it is given into the fields that begin with a colon. */
final class Http2Client implements AutoCloseable {
    /** Stands for a status if the server has reset the stream. */
    static final int RESET = 0;

    private static final int PATIENCE_SECONDS = 20;

    private final HTTP2Client client = new HTTP2Client();
    private final CompletableFuture<Boolean> connectProtocol = new CompletableFuture<>();
    private final Session session;
    private final int port;

    Http2Client(int port) throws Exception {
        this.port = port;
        client.start();
        session = client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new Session.Listener() {
                    @Override
                    public void onSettings(Session announcing, SettingsFrame frame) {
                        connectProtocol.complete(
                                frame.getSettings().getOrDefault(SettingsFrame.ENABLE_CONNECT_PROTOCOL, 0) == 1);
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The status of a CONNECT for WebSocket (RFC 8441 §4). */
    int connect(String path, String authorization) throws Exception {
        HttpFields.Mutable fields = HttpFields.build().put("sec-websocket-version", "13");
        return send(
                new MetaData.ConnectRequest(
                        HttpScheme.HTTP,
                        new HostPortHttpField("localhost", port),
                        path,
                        authorized(fields, authorization),
                        "websocket"),
                false);
    }

    /** Whether the server says that it knows such a CONNECT (RFC 8441 §3). */
    boolean announcesConnectProtocol() throws Exception {
        return connectProtocol.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    int get(String path, String authorization) throws Exception {
        return send(
                new MetaData.Request(
                        "GET",
                        HttpURI.build("http://localhost:" + port + path),
                        HttpVersion.HTTP_2,
                        authorized(HttpFields.build(), authorization)),
                true);
    }

    private static HttpFields authorized(HttpFields.Mutable fields, String authorization) {
        return authorization.isEmpty() ? fields : fields.put("authorization", authorization);
    }

    private int send(MetaData.Request request, boolean isEnded) throws Exception {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        session.newStream(new HeadersFrame(request, null, isEnded), new Stream.Listener() {
                    @Override
                    public void onHeaders(Stream stream, HeadersFrame frame) {
                        if (frame.getMetaData() instanceof MetaData.Response response) {
                            status.complete(response.getStatus());
                        }
                    }

                    @Override
                    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
                        status.complete(RESET);
                        callback.succeeded();
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("The client did not stop", failure);
        }
    }
}
