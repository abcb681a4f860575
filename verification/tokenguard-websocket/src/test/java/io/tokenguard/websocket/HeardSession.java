package io.tokenguard.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's end of a session: what it has received, and how it was closed. */
final class HeardSession implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    /** Opens a session; fails with the status of the answer if the handshake is refused. */
    static HeardSession open(int port, String path, String authorization, String... protocols) {
        HeardSession heard = new HeardSession();
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        if (protocols.length == 2) {
            builder.subprotocols(protocols[0], protocols[1]);
        }
        heard.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), heard)
                .join();
        return heard;
    }

    private WebSocket socket;

    String protocol() {
        return socket.getSubprotocol();
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    String message() throws InterruptedException {
        return messages.poll(20, TimeUnit.SECONDS);
    }

    int closeCode() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        messages.add(data.toString());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
