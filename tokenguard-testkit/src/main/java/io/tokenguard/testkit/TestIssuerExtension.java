package io.tokenguard.testkit;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
 * Gives a JUnit 5 test class one {@link TestIssuer}, as {@link TestIssuer#start()} sets it up, or {@linkplain #with with settings}.
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
    private final Namespace namespace;
    private final Supplier<TestIssuer> starting;
    private volatile @Nullable TestIssuer current;

    /** For JUnit, which makes extensions itself. */
    public TestIssuerExtension() {
        this.namespace = Namespace.create(TestIssuerExtension.class);
        this.starting = TestIssuer::start;
    }

    private TestIssuerExtension(Supplier<TestIssuer> starting) {
        this.namespace = Namespace.create(TestIssuerExtension.class, this);
        this.starting = starting;
    }

    /**
     * An extension whose issuer has settings, for a static field with {@code @RegisterExtension}.
     *
     * @param settings such as {@code issuer -> issuer.path("/realms/demo")}
     */
    public static TestIssuerExtension with(UnaryOperator<TestIssuerBuilder> settings) {
        return new TestIssuerExtension(
                () -> settings.apply(TestIssuer.builder()).start());
    }

    /**
     * The issuer of the tests that run now, for code without a parameter, such as the constructor of a base class.
     *
     * @throws IllegalStateException if no test class has begun
     */
    public TestIssuer issuer() {
        TestIssuer issuer = current;
        if (issuer == null) {
            throw new IllegalStateException(
                    "The issuer starts before the first test; use a static field with" + " @RegisterExtension");
        }
        return issuer;
    }

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
    private TestIssuer issuer(ExtensionContext context) {
        TestIssuer issuer =
                store(context).getOrComputeIfAbsent(TestIssuer.class, type -> starting.get(), TestIssuer.class);
        current = issuer;
        return issuer;
    }

    /** Removing looks at the store of this context only: the code that started the issuer closes it. */
    private void closeOwn(ExtensionContext context) {
        @Nullable TestIssuer own = store(context).remove(TestIssuer.class, TestIssuer.class);
        if (own != null) {
            own.close();
        }
    }

    private Store store(ExtensionContext context) {
        return context.getStore(namespace);
    }
}
