package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import java.lang.reflect.Method;

/**
 * What one resource method demands, all in all: by its own annotations and those that it inherits.
 *
 * @param resource the class that serves it
 * @param method the method
 * @param requirement what it demands, beside what the locators on the way to it demand
 * @param isStated whether anybody stated a rule for it; what nobody did is refused
 */
public record EndpointRule(Class<?> resource, Method method, AccessRequirement requirement, boolean isStated) {
    /** Class, method and demand in one line. */
    @Override
    public String toString() {
        return resource.getName() + "." + method.getName() + ": "
                + (isStated ? Wording.of(requirement) : "no rule, refused");
    }
}
