package io.tokenguard.interop;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The chain of an authorization server as its guide starts with. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SpringSecurity {
    @Bean
    SecurityFilterChain authorizationServer(HttpSecurity http) {
        return http.oauth2AuthorizationServer(Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }
}
