package io.tokenguard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/** A server of fixed documents, which records the header fields of each request. */
final class DocumentServer implements AutoCloseable {
    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String scheme;
    private volatile Form form = Form.PLAIN;

    /** How documents are sent. */
    enum Form {
        PLAIN,
        /** Compressed (RFC 9110 §8.4.1.3). */
        GZIP,
        /** After a byte order mark. */
        MARKED,
        /** After two redirects within the same origin. */
        REDIRECTED;

        private byte[] encoded(String document) {
            byte[] body = ((this == MARKED ? "\uFEFF" : "") + document).getBytes(StandardCharsets.UTF_8);
            return this == GZIP ? zipped(body) : body;
        }

        private static byte[] zipped(byte[] body) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
                zip.write(body);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return zipped.toByteArray();
        }
    }

    private DocumentServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.start();
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static DocumentServer plain() {
        try {
            return new DocumentServer(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static DocumentServer overTls(SSLContext tls) {
        return overTls(new HttpsConfigurator(tls));
    }

    /** Clients need a certificate. */
    static DocumentServer overTlsForClients(SSLContext tls) {
        return overTls(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                var wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
    }

    private static DocumentServer overTls(HttpsConfigurator configurator) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(configurator);
            return new DocumentServer(server, "https");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its root, with a slash at the end. */
    URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    URI put(String path, String document) {
        return put(path, document, "application/json");
    }

    /** Documents that are put from now on are sent in this form. */
    DocumentServer sending(Form newForm) {
        form = newForm;
        return this;
    }

    URI put(String path, String document, String mediaType) {
        if (form == Form.REDIRECTED) {
            redirect(path, path + "-moved");
            redirect(path + "-moved", path + "-moved-again");
            send(path + "-moved-again", document, mediaType);
        } else {
            send(path, document, mediaType);
        }
        return address().resolve(path);
    }

    private void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
    }

    private void send(String path, String document, String mediaType) {
        byte[] body = form.encoded(document);
        boolean isZipped = form == Form.GZIP;
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestHeaders());
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            if (isZipped) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** Answers with a status, without a body. */
    URI fail(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        return address().resolve(path);
    }

    List<Headers> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
