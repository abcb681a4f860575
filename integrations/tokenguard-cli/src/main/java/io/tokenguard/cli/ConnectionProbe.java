package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Connects to an address step by step: proxy, name, TCP, TLS. The first step that fails is reported with what to do.
 *
 * @param reach how the issuer is reached
 * @param report receives the steps
 */
record ConnectionProbe(IssuerReach reach, Report report) {
    private static final int MOST_ADDRESSES = 4;
    private static final Pattern PROXY_ANSWER = Pattern.compile("HTTP/\\S+ ([0-9]{3})");

    /** Whether the address can be connected to. */
    boolean connects(URI address) {
        Proxy proxy = reach.proxyFor(address);
        boolean isDirect = proxy.type() == Proxy.Type.DIRECT;
        report.fine("proxy", isDirect ? "none" : SafeText.value(String.valueOf(proxy.address())));
        InetSocketAddress next =
                isDirect ? new InetSocketAddress(address.getHost(), port(address)) : resolved(proxy.address());
        if (next.isUnresolved() || !isResolved(next.getHostString())) {
            report.error(
                    "dns",
                    isDirect ? reach.address() : reach.key("jwks.proxy"),
                    "the host " + SafeText.value(next.getHostString()) + " has no address",
                    "check the spelling and the name server of this machine");
            return false;
        }
        return socket(address, isDirect ? Proxy.NO_PROXY : new Proxy(proxy.type(), next), next)
                .map(socket -> isSecured(socket, address))
                .orElse(false);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return isHttps(address) ? 443 : 80;
    }

    private static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static InetSocketAddress resolved(java.net.SocketAddress proxy) {
        return proxy instanceof InetSocketAddress known
                ? new InetSocketAddress(known.getHostString(), known.getPort())
                : InetSocketAddress.createUnresolved("proxy", 0);
    }

    private boolean isResolved(String host) {
        long start = System.nanoTime();
        try {
            String addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .limit(MOST_ADDRESSES)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "));
            report.fine("dns", SafeText.value(host) + " is " + addresses + ", " + Millis.since(start));
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private Optional<Socket> socket(URI address, Proxy proxy, InetSocketAddress next) {
        long start = System.nanoTime();
        boolean isDirect = proxy.type() == Proxy.Type.DIRECT;
        Socket socket = new Socket(proxy);
        try {
            int longest = (int) reach.timeout().toMillis();
            socket.setSoTimeout(longest);
            socket.connect(
                    isDirect ? next : InetSocketAddress.createUnresolved(address.getHost(), port(address)), longest);
            report.fine("tcp", "connected to port " + port(address) + ", " + Millis.since(start));
            return Optional.of(socket);
        } catch (IOException failure) {
            close(socket);
            if (isDirect) {
                report.error(
                        "tcp",
                        reach.address(),
                        problem(failure) + " at port " + port(address) + ", " + Millis.since(start),
                        "check that the issuer runs there, and the firewall; if a proxy is needed, set "
                                + reach.key("jwks.proxy"));
            } else {
                reportProxy(address, next, failure, Millis.since(start));
            }
            return Optional.empty();
        }
    }

    private static String problem(IOException failure) {
        return failure instanceof SocketTimeoutException ? "no answer" : "refused";
    }

    private void reportProxy(URI address, InetSocketAddress proxy, IOException failure, String time) {
        String host = SafeText.value(address.getHost()) + ":" + port(address);
        Matcher answer = PROXY_ANSWER.matcher(String.valueOf(failure.getMessage()));
        if (!answer.find()) {
            report.error(
                    "tcp",
                    reach.key("jwks.proxy"),
                    problem(failure) + " at port " + proxy.getPort() + " of the proxy, " + time,
                    "check the address of the proxy, which is this setting's or the environment's, and the firewall; if the"
                            + " issuer can be reached without a proxy, set " + reach.key("jwks.proxy") + "=none");
            return;
        }
        report.error(
                "tcp",
                reach.key("jwks.proxy"),
                "the proxy answers " + answer.group(1) + " and does not connect to " + host + ", " + time,
                answer.group(1).equals("407")
                        ? "the proxy requires a user and a password, which TokenGuard does not send: let it allow this machine,"
                                + " or set another proxy"
                        : "let the proxy allow CONNECT to " + host);
    }

    private boolean isSecured(Socket socket, URI address) {
        try {
            if (!isHttps(address)) {
                report.note("tls", "not used: the address is plain http");
                return true;
            }
            return new TlsProbe(reach, report).secures(socket, address, port(address));
        } finally {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // it was only opened for the check
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "ConnectionProbe[not shown]";
    }
}
