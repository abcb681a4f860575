package io.tokenguard.cli;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.settings.GuardSettings;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares settings with what is known of servers and of the platform. */
final class ServerDoctor {
    private static final int SMALLEST_HEADER_LIMIT = 8_192;

    /** As docs/performance.md has them. */
    private static final Map<SignatureAlgorithm, String> GAINS = new TreeMap<>(Map.of(
            SignatureAlgorithm.RS256, "1.9",
            SignatureAlgorithm.PS256, "1.9",
            SignatureAlgorithm.ES256, "17",
            SignatureAlgorithm.ED25519, "10 to 15"));

    private ServerDoctor() {}

    /** What a native provider gains, by the accepted algorithms; empty if nothing. */
    private static String gain(GuardSettings settings) {
        Set<SignatureAlgorithm> accepted = EnumSet.noneOf(SignatureAlgorithm.class);
        settings.issuers().forEach(issuer -> accepted.addAll(issuer.tokens().algorithms()));
        String gains = GAINS.entrySet().stream()
                .filter(gain -> accepted.contains(gain.getKey()))
                .map(gain ->
                        gain.getValue() + " with " + gain.getKey().joseNames().get(0))
                .collect(Collectors.joining(", "));
        return gains.isEmpty()
                ? ""
                : ". Measured on JDK 17, it verifies this many times as many new tokens: " + gains
                        + "; newer JDKs are faster with ES256 themselves";
    }

    static void examine(GuardSettings settings, Report report) {
        report.section("Server");
        int longest = settings.api().requests().maxTokenLength();
        if (longest >= SMALLEST_HEADER_LIMIT) {
            report.note(
                    "headers",
                    "tokenguard.max-token-length",
                    "tokens of up to " + longest
                            + " characters are accepted, but Tomcat, Jetty, Spring Boot, nginx and Apache"
                            + " refuse header fields above about 8 KiB by default",
                    "if tokens are that long, raise maxHttpHeaderSize (Tomcat), requestHeaderSize (Jetty),"
                            + " server.max-http-request-header-size (Spring Boot), large_client_header_buffers (nginx) or"
                            + " LimitRequestFieldSize (Apache)");
        } else {
            report.fine(
                    "headers",
                    "tokens of up to " + longest + " characters fit into the header limits of known servers");
        }
        if (settings.operation().crypto().name().equals("auto")) {
            report.note(
                    "provider",
                    "tokenguard.crypto-provider",
                    "the fastest provider on the server's class path verifies signatures; which one that is, is not known here",
                    "look for 'signatures are checked by' in the server's log at start; without this line it is the JDK: put a"
                            + " native one on the class path, which is faster: Amazon Corretto Crypto Provider or Conscrypt"
                            + " (docs/performance.md)" + gain(settings));
        } else {
            report.fine("provider", "tokenguard.crypto-provider selects the provider that verifies signatures");
        }
    }
}
