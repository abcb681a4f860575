package io.tokenguard.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a JUnit 5 test class one {@link TestIssuer}, with everything as {@link TestIssuer#start()} sets it up.
 *
 * <p>{@code @ExtendWith(TestIssuerExtension.class)} on the class; then the constructor, lifecycle methods and tests may
 * have a parameter of type {@link TestIssuer}. The issuer starts before all tests, is healed and forgets its requests
 * before each, and is closed after all. Nested classes share the issuer of the class around them. On a single method,
 * the annotation gives that method an issuer of its own.
 *
 * <p>Tests that run in parallel share the issuer too, and would heal each other's faults.
 */
@SuppressWarnings("exports") // users without JUnit need none to compile
public final class TestIssuerExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(TestIssuerExtension.class);

    /** For JUnit, which makes extensions itself. */
    public TestIssuerExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        issuer(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestIssuer issuer = issuer(context);
        issuer.heal();
        issuer.resetRequests();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestIssuer.class;
    }

    @Override
    public TestIssuer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return issuer(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeOwn(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeOwn(context);
    }

    /** Looks through the stores of the contexts around this one first. */
    private static TestIssuer issuer(ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(TestIssuer.class, type -> TestIssuer.start(), TestIssuer.class);
    }

    /** Removing looks at the store of this context only: the code that started the issuer closes it. */
    private static void closeOwn(ExtensionContext context) {
        @Nullable TestIssuer own = store(context).remove(TestIssuer.class, TestIssuer.class);
        if (own != null) {
            own.close();
        }
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
