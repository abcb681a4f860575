package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.ConfigurationException;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every resource method that a runtime finds at start, so that contradictory rules fail the start. Thread-safe.
 * Runtimes find the methods of sub-resources when one is first located: those no longer fail the start.
 */
final class EndpointListing implements DynamicFeature {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuardFeature.class);

    private final TokenGuard guard;
    private final RuleBook rules;
    private final MatchChain chain;
    private final boolean isStrict;
    private final Set<EndpointRule> found = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> inspected = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean hasReported = new AtomicBoolean();
    private final RepeatedFailure failures = new RepeatedFailure(System::nanoTime);
    private volatile boolean isServing;

    EndpointListing(TokenGuard guard, RuleBook rules, MatchChain chain, boolean isStrict) {
        this.guard = guard;
        this.rules = rules;
        this.chain = chain;
        this.isStrict = isStrict;
    }

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext unused) {
        try {
            inspect(endpoint.getResourceClass());
            list(rules.ruleOf(endpoint.getResourceClass(), endpoint.getResourceMethod()));
        } catch (ConfigurationException wrong) {
            if (!isServing) {
                throw wrong;
            }
            failures.log(
                    count -> LOG.error("Refused, {} times since the last such line: {}", count, wrong.getMessage()));
        }
    }

    /**
     * Checks a class of resources, its locators, and the types that these declare to return.
     *
     * @throws ConfigurationException if rules contradict each other
     */
    void inspect(Class<?> resource) {
        if (inspected.add(resource)) {
            chain.locatorsOf(resource).forEach(locator -> inspect(locator.target()));
            for (Method method : Lineage.of(resource).methods()) {
                if (RuleBook.findsDesignator(resource, method)) {
                    rules.ruleOf(resource, method);
                }
            }
        }
    }

    /** Logs, once, that the runtime does not expose which method a request matched. */
    void reportUnknownMethod() {
        if (hasReported.compareAndSet(false, true)) {
            LOG.error(
                    "Every request is refused, @PermitAll included: the runtime does not say which resource method a request"
                            + " has matched. It injects no ResourceInfo into filters, and has not called"
                            + " TokenGuardFeature.configure(ResourceInfo, FeatureContext). Register one @Provider class that is a"
                            + " Feature and a DynamicFeature and passes both calls on to TokenGuardFeature: see Quarkus REST in"
                            + " docs/jaxrs.md");
        }
    }

    /** Called when the application starts; may be called again. */
    void beginToStart() {
        isServing = false;
    }

    /** Called when the application has started. */
    void beginToServe() {
        isServing = true;
    }

    List<EndpointRule> found() {
        return found.stream()
                .sorted(Comparator.comparing(EndpointRule::toString))
                .toList();
    }

    private void list(EndpointRule endpoint) {
        boolean isEndpoint = endpoint.isStated() || rules.isDesignated(endpoint.resource(), endpoint.method());
        if (!isEndpoint || !found.add(endpoint)) {
            return;
        }
        if (endpoint.isStated()) {
            LOG.info("{}", endpoint);
            guard.obstacleTo(endpoint.requirement()).ifPresent(obstacle -> reportUnsatisfiable(endpoint, obstacle));
        } else {
            LOG.warn("{}", endpoint);
            requireRule(endpoint);
        }
    }

    private void reportUnsatisfiable(EndpointRule endpoint, String obstacle) {
        String problem = "can never be met";
        String remedy = obstacle + ", or change the annotations";
        if (isStrict) {
            throw ConfigurationException.because("the rule " + endpoint, problem, remedy);
        }
        LOG.warn("The rule {} {}: {}", endpoint, problem, remedy);
    }

    private void requireRule(EndpointRule endpoint) {
        if (isStrict) {
            throw ConfigurationException.missing(
                    "the rule of " + endpoint.resource().getName() + "."
                            + endpoint.method().getName(),
                    "annotate the method or its class, with @DenyAll to deny all requests");
        }
    }
}
