package io.tokenguard.bench.http;

import io.tokenguard.bench.peer.SpringPeer;
import io.tokenguard.bench.token.Trust;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Spring Security as its guide sets a resource server up: stateless, with one scope demanded of every request. */
@EnableWebSecurity
@Configuration(proxyBeanMethods = false)
class SpringFilters {
    static AutoCloseable protect(ServletContextHandler servlets, Trust trust) {
        AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
        spring.registerBean(JwtDecoder.class, () -> new SpringPeer(trust).decoder());
        spring.register(SpringFilters.class);
        spring.refresh();
        Filter chain = spring.getBean("springSecurityFilterChain", Filter.class);
        servlets.addFilter(new FilterHolder(chain), "/*", EnumSet.of(DispatcherType.REQUEST));
        return spring;
    }

    @Bean
    SecurityFilterChain resourceServer(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_orders:read"))
                .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
