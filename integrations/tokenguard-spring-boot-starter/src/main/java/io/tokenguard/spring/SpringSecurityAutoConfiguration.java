package io.tokenguard.spring;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Works beside Spring Security where it is there: a granted request has an {@code Authentication}, so that annotations such as
 * {@code @PreAuthorize} work. TokenGuard decides first. Created by Spring.
 */
@AutoConfiguration(
        after = TokenGuardAutoConfiguration.class,
        beforeName = {
            // A chain that is there before prevents theirs, which demands a login. Of Spring Boot 3 and of Spring Boot
            // 4.
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
        })
@ConditionalOnClass(RequestAttributeSecurityContextRepository.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(StarterSettings.class)
class SpringSecurityAutoConfiguration {
    /** Directly behind TokenGuard's filter, and so before the filters of Spring Security (-100). */
    @Bean
    FilterRegistrationBean<SecurityContextFilter> tokenGuardSecurityContextFilter(StarterSettings settings) {
        return TokenGuardAutoConfiguration.registration(new SecurityContextFilter(), settings.filterOrder() + 1);
    }

    /** A chain that demands no login of its own, unless the application has one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpSecurity.class)
    @ConditionalOnMissingBean(SecurityFilterChain.class)
    static class Chain {
        /** Leaves decisions to TokenGuard. No browser sends a token by itself, so that no CSRF token is needed. */
        @Bean
        SecurityFilterChain tokenGuardSecurityFilterChain(ObjectProvider<HttpSecurity> security) throws Exception {
            HttpSecurity http = security.getIfAvailable();
            if (http == null) {
                // Nothing calls a chain then.
                return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE);
            }
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(AbstractHttpConfigurer::disable)
                    .logout(AbstractHttpConfigurer::disable)
                    .requestCache(AbstractHttpConfigurer::disable)
                    .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .exceptionHandling(failures ->
                            failures.authenticationEntryPoint((request, response, failure) -> challenge(response)))
                    .build();
        }

        /** For a caller without a token whom only Spring Security denies something (RFC 6750 §3). */
        private static void challenge(HttpServletResponse response) {
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
