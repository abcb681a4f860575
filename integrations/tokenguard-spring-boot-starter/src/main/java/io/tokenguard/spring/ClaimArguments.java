package io.tokenguard.spring;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Arguments of handler methods: the request's access token, and its claims. */
final class ClaimArguments implements HandlerMethodArgumentResolver {
    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Long.class,
            Boolean.class,
            BigDecimal.class,
            Number.class,
            Instant.class,
            List.class,
            Map.class,
            Object.class);

    /**
     * Requires an argument that is a claim to have a type that a claim can have.
     *
     * @param place the handler method, for the message
     * @throws ConfigurationException if it has another type
     */
    static void requireSupported(MethodParameter parameter, String place) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        if (parameter.hasParameterAnnotation(TokenClaim.class) && !TYPES.contains(type)) {
            throw ConfigurationException.of(
                    place,
                    "@TokenClaim " + type.getSimpleName(),
                    "no claim has this type; use String, Long, Boolean, BigDecimal, Instant, List, Map or Object");
        }
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(TokenClaim.class)
                || parameter.nestedIfOptional().getNestedParameterType() == AccessToken.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        ServletRequest served = Objects.requireNonNull(request.getNativeRequest(ServletRequest.class));
        Optional<AccessToken> token = TokenGuardFilter.accessToken(served);
        TokenClaim claim = parameter.getParameterAnnotation(TokenClaim.class);
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        Optional<?> value = claim == null ? token : token.flatMap(known -> claim(known, claim.value(), type));
        return parameter.isOptional() && parameter.getParameterType() == Optional.class ? value : value.orElse(null);
    }

    private static Optional<?> claim(AccessToken token, String name, Class<?> type) {
        if (type == String.class) {
            return token.text(name);
        }
        if (type == Instant.class) {
            return token.instant(name);
        }
        if (type == List.class) {
            return Optional.of(token.texts(name)).filter(texts -> !texts.isEmpty());
        }
        return type == Long.class ? token.claim(name, Number.class).map(Number::longValue) : token.claim(name, type);
    }
}
