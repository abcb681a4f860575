package io.tokenguard.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Starts issuers for tests with {@link WithTestIssuer}. Created by Spring. */
final class TestIssuerCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        WithTestIssuer wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, WithTestIssuer.class);
        return wanted == null ? null : new TestIssuerCustomizer(wanted.property());
    }
}
