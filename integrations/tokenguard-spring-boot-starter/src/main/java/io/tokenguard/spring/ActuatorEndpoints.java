package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.GuardHealth.KeyHealth;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Actuator shows of the guard beside its health. Created by Spring. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
        name = "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint")
class ActuatorEndpoints {
    /** Only where Spring Boot exposes it: not over HTTP by default. */
    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    GuardEndpoint tokenGuardEndpoint(TokenGuard guard) {
        return new GuardEndpoint(guard);
    }

    /** The trusted issuers in the endpoint {@code info}, unless {@code management.info.tokenguard.enabled} is false. */
    @Bean
    @ConditionalOnEnabledInfoContributor("tokenguard")
    @ConditionalOnMissingBean(name = "tokenGuardInfo")
    InfoContributor tokenGuardInfo(TokenGuard guard) {
        return info -> info.withDetail("tokenguard", Map.of("issuers", issuers(guard)));
    }

    private static List<String> issuers(TokenGuard guard) {
        return guard.health().issuers().stream()
                .filter(issuer -> !issuer.isTenant())
                .map(KeyHealth::issuer)
                .toList();
    }
}
