package io.tokenguard.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Puts the arguments of the token before all others in every adapter, however it is configured: where nothing knows an annotation,
 * Spring takes the argument from the request's parameters.
 */
final class ClaimArgumentInstaller implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RequestMappingHandlerAdapter adapter) {
            List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>(List.of(new ClaimArguments()));
            List<HandlerMethodArgumentResolver> others = adapter.getArgumentResolvers();
            if (others != null) {
                resolvers.addAll(others);
            }
            adapter.setArgumentResolvers(resolvers);
        }
        return bean;
    }
}
