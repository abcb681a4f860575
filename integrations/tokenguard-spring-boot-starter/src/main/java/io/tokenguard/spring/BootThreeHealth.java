package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.GuardHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The guard's health as an Actuator health indicator of Spring Boot 3. Created by Spring. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
class BootThreeHealth {
    /** Up while requests can be decided; what needs attention is in the details. */
    @Bean
    @ConditionalOnMissingBean(name = "tokenGuardHealthIndicator")
    HealthIndicator tokenGuardHealthIndicator(TokenGuard guard) {
        return () -> {
            GuardHealth health = guard.health();
            Health.Builder shown = health.isReady() ? Health.up() : Health.down();
            return shown.withDetails(health.document()).build();
        };
    }
}
