package io.tokenguard.spring;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Replaces a handler by a proxy that is known by its interface only. */
class InterfaceProxies implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof ChangedRequestTest.Implementation)) {
            return bean;
        }
        ProxyFactory factory = new ProxyFactory(bean);
        factory.setProxyTargetClass(false);
        return factory.getProxy();
    }
}
