package io.tokenguard.spring;

import io.tokenguard.access.ConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a wrong setting when the application fails to start. Created by Spring. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, ConfigurationException cause) {
        return new FailureAnalysis("TokenGuard: " + cause.getMessage(), cause.remedy(), cause);
    }
}
