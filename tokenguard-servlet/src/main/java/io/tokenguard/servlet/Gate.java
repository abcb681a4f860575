package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Lets the guard decide each dispatch, and continues the chain only if it is granted.
 *
 * @param guard makes the decisions
 * @param handlers what the framework's handlers require; empty if the guard's routes decide alone
 * @param console what is served here, and not by the application; empty if it is off
 */
record Gate(TokenGuard guard, Optional<HandlerRules> handlers, Optional<TokenGuard.Console> console) {
    /** Serves no console. */
    Gate(TokenGuard guard, Optional<HandlerRules> handlers) {
        this(guard, handlers, Optional.empty());
    }

    Gate servingConsole() {
        return new Gate(guard, handlers, guard.console());
    }

    void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Target target = ErrorPage.target(request);
        Optional<Passage> earlier = Passage.of(request).filter(passage -> passage.guard() == guard);
        if (target.type() == DispatcherType.ERROR) {
            HttpServletRequest shown = identified(request, earlier.flatMap(Passage::identity));
            ErrorPage.run(target, request, () -> chain.doFilter(shown, response));
            return;
        }
        if (earlier.filter(passage -> passage.dispatch().covers(target)).isPresent()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<FeedAnswer> own = ownAnswer(target, request);
        if (own.isPresent()) {
            IssuerMessages.write(own.get(), response);
            return;
        }
        Optional<AccessToken> proven =
                earlier.flatMap(Passage::proven).or(() -> Passage.validatedElsewhere(request, guard));
        Optional<Target> directory = target.directory(request);
        if (directory.isPresent()) {
            Decision decision = decide(directory.get(), request, proven);
            if (!isGranted(decision, target, response)) {
                return;
            }
            proven = tokenOf(decision);
        }
        Decision decision = decide(target, request, proven);
        if (isGranted(decision, target, response)) {
            run(target, Passage.granted(guard, target, tokenOf(decision)), request, response, chain);
        }
    }

    /** The answer to a request that never reaches the application. */
    private Optional<FeedAnswer> ownAnswer(Target target, HttpServletRequest request) {
        boolean canBePreflight =
                target.type() == DispatcherType.REQUEST && target.method().equals("OPTIONS");
        Optional<FeedAnswer> preflight =
                canBePreflight ? guard.preflightAnswer(target.describe(request)) : Optional.empty();
        return preflight.isPresent() ? preflight : health(target, request);
    }

    /** The answer to a request for the health document. */
    private Optional<FeedAnswer> health(Target target, HttpServletRequest request) {
        return target.type() == DispatcherType.REQUEST
                ? guard.healthPath()
                        .filter(target.path()::startsWith)
                        .flatMap(unused -> guard.healthAnswer(target.describe(request)))
                : Optional.empty();
    }

    /** Whether a dispatch may proceed. Otherwise writes the refusal. */
    private static boolean isGranted(Decision decision, Target target, HttpServletResponse response)
            throws IOException {
        if (decision instanceof Decision.Granted granted) {
            ResponseFields.write(granted.responseHeaders(), response);
            return true;
        }
        if (decision instanceof Decision.Refused refused && target.type() != DispatcherType.INCLUDE) {
            ChallengeWriter.write(refused.challenge(), response);
        }
        return false;
    }

    private static Optional<AccessToken> tokenOf(Decision decision) {
        return decision instanceof Decision.Granted granted ? granted.accessToken() : Optional.empty();
    }

    private Decision decide(Target target, HttpServletRequest request, Optional<AccessToken> proven) {
        IncomingRequest described = target.describe(request);
        if (handlers.isEmpty() || target.type() == DispatcherType.INCLUDE) {
            return proven.isPresent() ? guard.decideAgain(described, proven.get()) : guard.decide(described);
        }
        IncomingRequest.Handler handler = new FrameworkHandler(handlers.get(), shown(request));
        return proven.isPresent()
                ? guard.decideAgainForHandler(described, handler, proven.get())
                : guard.decideForHandler(described, handler);
    }

    /** The handler that the framework will call. */
    private record FrameworkHandler(HandlerRules rules, HttpServletRequest request) implements IncomingRequest.Handler {
        @Override
        public Optional<AccessRequirement> requirement() {
            return rules.of(request);
        }

        @Override
        public String name() {
            return rules.nameOf(request);
        }
    }

    private void run(
            Target target, Passage passage, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Passage> outer = target.isNested() ? Passage.of(request) : Optional.empty();
        passage.enter(request);
        try {
            Optional<TokenGuard.Console> served = target.type() == DispatcherType.REQUEST
                    ? console.filter(own -> own.serves(target.path()))
                    : Optional.empty();
            if (served.isPresent()) {
                FeedAnswer answer =
                        served.get().answer(target.describe(request), request.getInputStream(), passage.identity());
                IssuerMessages.write(answer, response);
            } else {
                HttpServletRequest shown = identified(request, passage.identity());
                new WriteGate(guard).run(target, passage.identity(), shown, response, chain);
            }
        } finally {
            passage.dispatch().end();
            if (target.isNested()) {
                passage.leave(request, outer);
            }
        }
    }

    /** The request without the credentials that the application must not see. */
    private HttpServletRequest shown(HttpServletRequest request) {
        Set<String> hidden = guard.hiddenHeaders();
        return hidden.isEmpty()
                ? request
                : new WithoutCredentials(request, hidden, new CookieNames(guard.hiddenCookies()));
    }

    private HttpServletRequest identified(HttpServletRequest request, Optional<AccessToken> identity) {
        HttpServletRequest shown = shown(request);
        return identity.isPresent() ? new IdentifiedRequest(shown, identity.get()) : shown;
    }
}
