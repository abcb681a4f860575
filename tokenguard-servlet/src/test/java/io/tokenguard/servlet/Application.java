package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.TrustedIssuerBuilder;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A web application behind the filter: routes, servlets, pages. Keeps in mind which servlets were reached. */
final class Application implements ServletContainerInitializer {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.RS256);

    private final List<String> routes = new ArrayList<>();
    private final List<Consumer<ServletContext>> parts = new ArrayList<>();
    private final Map<Integer, String> errorPages = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> welcomeFiles = new ArrayList<>();
    private final List<String> reached = new CopyOnWriteArrayList<>();
    private UnaryOperator<TrustedIssuerBuilder> trust = UnaryOperator.identity();
    private UnaryOperator<TokenGuardBuilder> settings = UnaryOperator.identity();
    private BiConsumer<ServletContext, TokenGuard> registration = TokenGuardFilter::register;
    private String contextPath = "";
    private String address = "127.0.0.1";
    private String issuerUri = "";
    private boolean servesFiles;
    private boolean isLax;
    private boolean trustsForwarding;
    private Path documentRoot = Path.of("");

    Application(String... routes) {
        this.routes.addAll(List.of(routes));
    }

    /** A servlet whose name is its first pattern. */
    Application servlet(Page page, String... patterns) {
        return with(context -> {
            ServletRegistration.Dynamic servlet =
                    context.addServlet(patterns[0], new PageServlet(patterns[0], page, reached));
            servlet.addMapping(patterns);
            servlet.setAsyncSupported(true);
        });
    }

    /** Anything else that a context can be told when it starts, in the order of the calls, after the filter. */
    Application with(Consumer<ServletContext> part) {
        parts.add(part);
        return this;
    }

    Application registeredBy(BiConsumer<ServletContext, TokenGuard> registrar) {
        registration = registrar;
        return this;
    }

    Application trusting(UnaryOperator<TrustedIssuerBuilder> settings) {
        trust = settings;
        return this;
    }

    /** Settings of the guard beside its issuer and its routes. */
    Application built(UnaryOperator<TokenGuardBuilder> more) {
        settings = more;
        return this;
    }

    Application errorPage(int status, String path) {
        errorPages.put(status, path);
        return this;
    }

    Application welcomeFile(String name) {
        welcomeFiles.add(name);
        return this;
    }

    /** Puts a file into the document root. */
    Application file(String name, String content) {
        files.put(name, content);
        return this;
    }

    Application under(String path) {
        contextPath = path;
        return this;
    }

    /** Listens on another numeric address of this machine. */
    Application listeningOn(String numericAddress) {
        address = numericAddress;
        return this;
    }

    /** Adds the container's own servlet for files, on {@code /}. */
    Application servingFiles() {
        servesFiles = true;
        return this;
    }

    /** Lets the container take every path that it can be told to take. */
    Application withLaxPaths() {
        isLax = true;
        return this;
    }

    /** Lets the container believe the forwarding fields of proxies. */
    Application trustingForwarding() {
        trustsForwarding = true;
        return this;
    }

    Site on(Container container) throws Exception {
        documentRoot = Files.createTempDirectory("site");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = documentRoot.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        TestIssuer issuer = TestIssuer.builder().keys(KEY).start();
        issuerUri = issuer.issuer();
        TokenGuardBuilder builder = TokenGuard.builder()
                .issuer(trust.apply(TrustedIssuer.builder(issuer.issuer())
                                .audience("https://api.example.com")
                                .rolesClaim("roles"))
                        .build());
        routes.forEach(builder::route);
        TokenGuard guard = settings.apply(builder).build();
        parts.add(0, context -> registration.accept(context, guard));
        try {
            return new Site(container.start(this), issuer, guard, reached, documentRoot, address);
        } catch (Exception failure) {
            guard.close();
            issuer.close();
            throw failure;
        }
    }

    /** What a declared filter has to be told to trust the issuer of this application, with {@code /me} for everybody. */
    Map<String, String> initParams() {
        return new HashMap<>(Map.of(
                "tokenguard.issuer-uri", issuerUri,
                "tokenguard.audiences", "https://api.example.com",
                "tokenguard.routes.me", "/me authenticated"));
    }

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        parts.forEach(part -> part.accept(context));
    }

    Map<Integer, String> errorPages() {
        return errorPages;
    }

    List<String> welcomeFiles() {
        return welcomeFiles;
    }

    String contextPath() {
        return contextPath;
    }

    String address() {
        return address;
    }

    boolean servesFiles() {
        return servesFiles;
    }

    boolean isLax() {
        return isLax;
    }

    boolean trustsForwarding() {
        return trustsForwarding;
    }

    Path documentRoot() {
        return documentRoot;
    }
}
