package io.tokenguard.cli;

import io.tokenguard.internal.settings.GuardSettings;

/** Compares settings with what is known of servers and of the platform. */
final class ServerDoctor {
    private static final int SMALLEST_HEADER_LIMIT = 8_192;

    private ServerDoctor() {}

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
                            + " (docs/performance.md)");
        } else {
            report.fine("provider", "tokenguard.crypto-provider selects the provider that verifies signatures");
        }
    }
}
