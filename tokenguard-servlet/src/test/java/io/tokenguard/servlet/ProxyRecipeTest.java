package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.config.MutualTls.CertificateHeader.Format;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of the pages in real proxies. Skipped where one is not installed. */
class ProxyRecipeTest {
    private static final TestCertificate CLIENT = TlsSite.AUTHORITY.issue("client");
    private static final TestCertificate SERVER = TlsSite.AUTHORITY.issue("server");

    @TempDir
    Path folder;

    private static TlsSite site(Format format) throws Exception {
        return TlsSite.start(guard -> guard.trustedProxies("127.0.0.1")
                .resourceHosts("api.example.com")
                .dpop(Dpop.supported())
                .mutualTls(MutualTls.supported().certificateHeader(CertificateHeader.of(format))));
    }

    private String placed(String configuration, TlsSite site) throws Exception {
        RealProxy.identity(folder, SERVER);
        Files.writeString(folder.resolve("clients.pem"), TlsSite.AUTHORITY.pem());
        return configuration.replace("/etc/proxy", folder.toString()).replace("127.0.0.1:8080", site.plainAddress());
    }

    @Test
    void nginxPassesTheCertificateOn() throws Exception {
        try (TlsSite site = site(Format.NGINX)) {
            String server = placed(RealProxy.block("mutual-tls.md", "NGINX"), site)
                    .replace("listen 443", "listen 127.0.0.1:@PORT@");
            String all = "daemon off;\npid " + folder
                    + "/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n"
                    + "client_body_temp_path " + folder + "/body; proxy_temp_path " + folder + "/proxy;\n"
                    + "fastcgi_temp_path " + folder + "/fastcgi; uwsgi_temp_path " + folder + "/uwsgi; scgi_temp_path "
                    + folder + "/scgi;\n" + server + "\n}\n";
            try (RealProxy proxy = RealProxy.start(
                    folder, all, "/usr/sbin/nginx", "-p", folder.toString(), "-e", "stderr", "-c", "@FILE@")) {
                passesOnlyTheCertificateOfTheConnection(site, proxy);
                acceptsProofsForThePublicAddressOnly(site, proxy, true);
            }
        }
    }

    @Test
    void haproxyPassesTheCertificateOn() throws Exception {
        try (TlsSite site = site(Format.HAPROXY)) {
            String all = "defaults\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n"
                    + placed(RealProxy.block("mutual-tls.md", "HAPROXY"), site)
                            .replace("bind :443", "bind 127.0.0.1:@PORT@")
                    + "\n";
            try (RealProxy proxy = RealProxy.start(folder, all, "/usr/sbin/haproxy", "-db", "-f", "@FILE@")) {
                passesOnlyTheCertificateOfTheConnection(site, proxy);
                acceptsProofsForThePublicAddressOnly(site, proxy, true);
            }
        }
    }

    @Test
    void apachePassesNothingOnThatAClientWritesAboutItself() throws Exception {
        try (TlsSite site = site(Format.RFC9440)) {
            String modules = "";
            for (String module : new String[] {"mpm_event", "authz_core", "headers", "proxy", "proxy_http"}) {
                modules += "LoadModule " + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
            }
            // The client's TLS ends before this one.
            String all = modules + "ServerName api.example.com\nServerRoot " + folder + "\nPidFile " + folder
                    + "/pid\nErrorLog /dev/stderr\nListen 127.0.0.1:@PORT@\n"
                    + placed(RealProxy.block("sender-constraint.md", "APACHE"), site)
                            .replace("expr=%{REQUEST_SCHEME}", "https")
                    + "\n";
            try (RealProxy proxy = RealProxy.start(folder, all, "/usr/sbin/apache2", "-DFOREGROUND", "-f", "@FILE@")) {
                acceptsProofsForThePublicAddressOnly(site, proxy, false);
            }
        }
    }

    private static void passesOnlyTheCertificateOfTheConnection(TlsSite site, RealProxy proxy) throws IOException {
        String token = site.issuer().token().boundTo(CLIENT.certificate()).sign();
        String bearer = "Authorization: Bearer " + token;
        String forged = "X-SSL-Client-Cert: " + Base64.getEncoder().encodeToString(CLIENT.der());
        SSLContext owner = CLIENT.sslContext(TlsSite.AUTHORITY.certificate());
        SSLContext nobody = TestCertificate.anonymousContext(TlsSite.AUTHORITY.certificate());
        SSLContext thief = TlsSite.AUTHORITY.issue("thief").sslContext(TlsSite.AUTHORITY.certificate());
        assertThat(send(proxy, owner, bearer).status()).isEqualTo(200);
        assertThat(send(proxy, nobody, bearer).status()).isEqualTo(401);
        assertThat(send(proxy, nobody, bearer, forged).status()).isEqualTo(401);
        assertThat(send(proxy, thief, bearer, forged).status()).isEqualTo(401);
        assertThat(send(proxy, owner, bearer, forged).status()).isEqualTo(200);
    }

    private static void acceptsProofsForThePublicAddressOnly(TlsSite site, RealProxy proxy, boolean isTls)
            throws IOException {
        SSLContext context = isTls ? TestCertificate.anonymousContext(TlsSite.AUTHORITY.certificate()) : null;
        String[] lies = {
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Port: 444",
            "X-Forwarded-Prefix: /other",
            "Forwarded: host=evil.example;proto=http",
            "X-Forwarded-For: 10.0.0.1, 127.0.0.1"
        };
        assertThat(send(proxy, context, proven(site, "https://api.example.com/orders"))
                        .status())
                .isEqualTo(200);
        assertThat(send(proxy, context, proven(site, "https://api.example.com/orders", lies))
                        .status())
                .isEqualTo(200);
        assertThat(send(proxy, context, proven(site, "https://evil.example/orders", lies))
                        .status())
                .isEqualTo(401);
    }

    private static String[] proven(TlsSite site, String address, String... more) {
        DpopClient client = DpopClient.create();
        String token = site.issuer().token().boundTo(client.key()).sign();
        String proof = client.proof("GET", address).forToken(token).sign();
        String[] lines = java.util.Arrays.copyOf(more, more.length + 2);
        lines[more.length] = "Authorization: DPoP " + token;
        lines[more.length + 1] = "DPoP: " + proof;
        return lines;
    }

    private static Answer send(RealProxy proxy, SSLContext context, String... lines) throws IOException {
        String text = "GET /orders HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n"
                + String.join("\r\n", lines) + "\r\n\r\n";
        try (RawConnection connection = context == null
                ? new RawConnection("127.0.0.1", proxy.port())
                : new RawConnection(
                        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), proxy.port()))) {
            return connection.exchange(text);
        }
    }
}
