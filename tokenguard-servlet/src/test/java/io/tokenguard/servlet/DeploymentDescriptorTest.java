package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that says all in {@code web.xml}, as the documentation shows it. */
class DeploymentDescriptorTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256);
    private static final Logger LOG = Logger.getLogger("org.apache");
    private static final Pattern DOCUMENTED = Pattern.compile("```xml\n(<filter>.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private TestIssuer issuer;
    private Tomcat tomcat;

    @BeforeEach
    void start() {
        LOG.setLevel(Level.OFF);
        issuer = TestIssuer.builder().keys(KEY).start();
        tomcat = new Tomcat();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        issuer.close();
    }

    private String documented() throws IOException {
        Matcher block = DOCUMENTED.matcher(Files.readString(Path.of("..", "docs", "servlet.md")));
        assertThat(block.find()).isTrue();
        return block.group(1).replace("https://issuer.example.com", issuer.issuer());
    }

    private LifecycleState deploy(String declarations) throws Exception {
        Files.createDirectories(folder.resolve("app/WEB-INF"));
        Files.createDirectories(folder.resolve("app/api"));
        Files.writeString(folder.resolve("app/api/orders"), "coffee");
        Files.writeString(
                folder.resolve("app/WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + declarations
                        + "</web-app>");
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addWebapp("", folder.resolve("app").toString());
        context.setIgnoreAnnotations(true);
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        context.setParentClassLoader(DeploymentDescriptorTest.class.getClassLoader());
        tomcat.start();
        return context.getState();
    }

    private int get(String authorization) throws IOException {
        try (RawConnection connection =
                new RawConnection("127.0.0.1", tomcat.getConnector().getLocalPort())) {
            return connection
                    .exchange("GET /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization
                            + "\r\n")
                    .status();
        }
    }

    @Test
    void guardsAsItIsDocumented() throws Exception {
        assertThat(deploy(documented())).isEqualTo(LifecycleState.STARTED);
        assertThat(get("")).isEqualTo(401);
        assertThat(get("Authorization: Bearer " + issuer.token().sign() + "\r\n"))
                .isEqualTo(403);
        assertThat(get("Authorization: Bearer "
                        + issuer.token().scope("orders:read").sign() + "\r\n"))
                .isEqualTo(200);
    }

    @Test
    void doesNotStartWithoutAsyncSupport() throws Exception {
        String declarations = documented().replace("<async-supported>true</async-supported>", "");
        assertThat(deploy(declarations)).isNotEqualTo(LifecycleState.STARTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "FORWARD", "INCLUDE", "ASYNC", "ERROR"})
    void doesNotStartWhereAKindOfDispatchIsMissing(String dispatcher) throws Exception {
        String declarations = documented().replace("<dispatcher>" + dispatcher + "</dispatcher>", "");
        assertThat(deploy(declarations)).isNotEqualTo(LifecycleState.STARTED);
    }

    @Test
    void leavesOtherFiltersAlone() throws Exception {
        String other = "<filter><filter-name>other</filter-name>"
                + "<filter-class>org.apache.catalina.filters.RequestDumperFilter</filter-class></filter>"
                + "<filter-mapping><filter-name>other</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
        assertThat(deploy(documented() + other)).isEqualTo(LifecycleState.STARTED);
    }
}
