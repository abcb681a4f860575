package io.tokenguard.spring;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Arguments of handler methods: the request's access token, and its claims. */
final class ClaimArguments implements HandlerMethodArgumentResolver {
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
        return type == Long.class || type == long.class
                ? token.claim(name, Number.class).map(Number::longValue)
                : token.claim(name, type);
    }
}
