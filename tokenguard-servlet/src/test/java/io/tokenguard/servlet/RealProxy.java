package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy as people run it, with a configuration of a page. */
final class RealProxy implements AutoCloseable {
    private final Process process;
    private final int port;

    private RealProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a proxy.
     *
     * @param configuration the whole configuration; {@code @PORT@} is where the proxy listens
     * @param command the command; {@code @FILE@} is the configuration's file
     */
    static RealProxy start(Path folder, String configuration, String... command) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(command[0])), command[0] + " is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("proxy.conf"), configuration.replace("@PORT@", port + ""));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(command).stream()
                        .map(word -> word.replace("@FILE@", file.toString()))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!accepts(port)) {
            assertThat(process.isAlive()).as("%s", Files.readString(output)).isTrue();
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return new RealProxy(process, port);
    }

    private static boolean accepts(int candidate) {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), candidate)) {
            return open.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** A block of a page, by the word that ends it. */
    static String block(String page, String word) throws IOException {
        Matcher found = Pattern.compile("<<'" + word + "'\n(.*?)\n" + word + "\n", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", page)));
        assertThat(found.find()).as("%s in %s", word, page).isTrue();
        return found.group(1);
    }

    /** Writes certificate and key, each in a file of its own and together; returns the file with both. */
    static Path identity(Path folder, TestCertificate server) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new java.io.ByteArrayInputStream(server.pkcs12("secret")), "secret".toCharArray());
        byte[] key = store.getKey(store.aliases().nextElement(), "secret".toCharArray())
                .getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(folder.resolve("api.key"), pem);
        return Files.writeString(folder.resolve("api.pem"), server.pem().strip() + "\n" + pem);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
