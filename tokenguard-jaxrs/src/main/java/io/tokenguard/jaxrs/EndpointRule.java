package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import java.lang.reflect.Method;

/**
 * The whole requirement of one resource method, from its own annotations and those that it inherits.
 *
 * @param resource the resource class
 * @param method the method
 * @param requirement the requirement, without those of the locators before it
 * @param isStated whether there is a rule for it; a method without one is denied
 */
public record EndpointRule(Class<?> resource, Method method, AccessRequirement requirement, boolean isStated) {
    /** Class, method and requirement in one line. */
    @Override
    public String toString() {
        return resource.getName() + "." + method.getName() + ": "
                + (isStated ? Wording.of(requirement) : "no rule, refused");
    }
}
