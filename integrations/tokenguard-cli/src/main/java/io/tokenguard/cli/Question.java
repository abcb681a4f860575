package io.tokenguard.cli;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the guard is asked: a request with a token, and perhaps a proof.
 *
 * @param token the token
 * @param request method and address of the request; empty to check the token only
 * @param proof the DPoP proof; empty if none
 * @param clientAddress the numeric address of the client; empty if it is not known here
 */
record Question(DecodedToken token, Optional<Target> request, Optional<String> proof, Optional<String> clientAddress) {
    /** From a client whose address is not known here. */
    Question(DecodedToken token, Optional<Target> request, Optional<String> proof) {
        this(token, request, proof, Optional.empty());
    }

    /** The same from the client with an address; unknown if null. */
    Question from(@Nullable String address) {
        if (address != null && AddressRange.of(address).isEmpty()) {
            throw new UsageException("--client-address: write a numeric address, such as 203.0.113.7");
        }
        return new Question(token, request, proof, Optional.ofNullable(address));
    }

    /**
     * Method and address of a request.
     *
     * @param method the method
     * @param path the path, as the client sends it
     * @param authority host and port; empty if unknown
     */
    record Target(String method, String path, String authority) {
        /** Reads {@code GET /orders} or {@code GET https://api.example.com/orders}. */
        static Target parse(String text) {
            String[] words = text.strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new UsageException("--request: write a method and a path, such as 'GET /orders'");
            }
            return of(words[0], words[1]);
        }

        static Target of(String method, String address) {
            if (address.startsWith("/")) {
                return new Target(method, address, "");
            }
            try {
                URI uri = new URI(address);
                if (uri.getRawAuthority() != null) {
                    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
                    return new Target(method, path, uri.getRawAuthority());
                }
            } catch (URISyntaxException malformed) {
                // reported below
            }
            throw new UsageException("The path has to start with '/', or be an https address");
        }
    }

    boolean hasRequest() {
        return request.isPresent();
    }

    Question withToken(DecodedToken other) {
        return new Question(other, request, Optional.empty(), clientAddress);
    }

    /** The request as a server would see it: over TLS. */
    IncomingRequest incoming(Configuration configuration) {
        Target target = request.orElse(new Target("GET", "/", ""));
        String path = target.path().split("\\?", -1)[0];
        String authority = target.authority().isEmpty() ? ownAuthority(configuration) : target.authority();
        IncomingRequest.Builder incoming = IncomingRequest.builder(target.method(), path)
                .overTls()
                .authority(authority)
                .header("Host", authority)
                .header("Authorization", (proof.isPresent() ? "DPoP " : "Bearer ") + token.presented());
        clientAddress.ifPresent(incoming::clientAddress);
        proof.ifPresent(text -> incoming.header("DPoP", text));
        return incoming.build();
    }

    private static String ownAuthority(Configuration configuration) {
        return configuration
                .value("tokenguard.resource.uri")
                .map(address -> URI.create(address).getRawAuthority())
                .orElse("localhost");
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "Question[not shown]";
    }
}
