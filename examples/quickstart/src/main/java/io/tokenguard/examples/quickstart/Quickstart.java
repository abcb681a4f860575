package io.tokenguard.examples.quickstart;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A guarded server, with an embedded issuer or with the issuer in a file. */
public final class Quickstart {
    static final String CONSOLE = "/console";
    static final String CONSOLE_SCOPE = "console";
    private static final Set<String> HELP = Set.of("--help", "-h", "help");

    private Quickstart() {}

    /**
     * Starts the server and leaves it running, sends a request to it, or lists dialects.
     *
     * @param words {@code [--port N] [--config FILE.properties]}, {@code dpop ADDRESS TOKEN PRIVATE_JWK},
     *     {@code dialects [NAME]}, or {@code --help}
     */
    public static void main(String... words) {
        try {
            if (words.length > 0 && HELP.contains(words[0])) {
                System.out.println(Arguments.USAGE);
                return;
            }
            if (words.length > 0 && words[0].equals("dpop")) {
                System.out.println(DpopRequest.parse(words).send());
                return;
            }
            if (words.length > 0 && words[0].equals("dialects")) {
                System.out.println(DialectList.of(words));
                return;
            }
            Arguments arguments = Arguments.parse(words);
            if (arguments.config().isPresent()) {
                startConfigured(arguments.port(), arguments.config().get());
            } else {
                startWithIssuer(arguments.port());
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private static void startConfigured(int port, Path config) {
        GuardedServer server = serve(
                port,
                address -> DemoRoutes.addTo(
                        GuardProperties.read(config)
                                .withDefaults(Map.of("tokenguard.resource.uri", address.toString()))
                                .withEnvironment()
                                .toBuilder(),
                        DemoRoutes.in(config)));
        System.out.println("ready " + server.address());
    }

    private static void startWithIssuer(int port) {
        EmbeddedDemo demo = EmbeddedDemo.start(port);
        closeAtExit(demo::close);
        System.out.println("ready " + demo.server().address());
        System.out.println(Walkthrough.of(demo));
    }

    private static GuardedServer serve(int port, Function<URI, TokenGuardBuilder> settings) {
        GuardedServer server = GuardedServer.start(port, address -> {
            TokenGuard guard = settings.apply(address).build();
            closeAtExit(guard::close);
            return guard;
        });
        closeAtExit(server::close);
        return server;
    }

    static void closeAtExit(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "quickstart-exit"));
    }
}
