package io.tokenguard.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.tokenguard.TokenGuard;
import io.tokenguard.micrometer.TokenGuardMetrics;
import io.tokenguard.micrometer.TokenGuardObservations;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Binds the guard to the application's meter registries, and makes observations of its decisions, where {@code
 * tokenguard-micrometer} is there. Created by Spring.
 */
@AutoConfiguration(
        after = TokenGuardAutoConfiguration.class,
        afterName = {
            // Of Spring Boot 3 and of Spring Boot 4.
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, TokenGuardMetrics.class})
@ConditionalOnBean(TokenGuard.class)
class MicrometerAutoConfiguration {
    /** Spring Boot binds it to each meter registry. */
    @Bean
    @ConditionalOnMissingBean
    TokenGuardMetrics tokenGuardMetrics(TokenGuard guard) {
        return new TokenGuardMetrics(guard);
    }

    /** An observer of the guard that is made by properties. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(ObservationRegistry.class)
    TokenGuardObservations tokenGuardObservations(ObservationRegistry registry) {
        return new TokenGuardObservations(registry);
    }
}
