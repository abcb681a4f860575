package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Answers requests to the console: files to anyone, the interface only to tokens that the guard accepts for it. The guard has
 * decided about each request before; the interface asks it again, in case another rule of the application decided. Thread-safe.
 */
final class Console {
    private static final String INTERFACE = "/api/";

    private final String root;
    private final TokenGuard guard;
    private final Map<String, Resource> resources;

    /**
     * A console.
     *
     * @param root its path
     */
    Console(String root, TokenGuard guard, Observation observation, Clock clock) {
        this.root = root;
        this.guard = guard;
        this.resources = resources(guard, observation, clock);
    }

    /** Answers a call of an operator. */
    private interface Handler {
        FeedAnswer answer(Call call, AccessToken operator) throws IOException, MalformedException;
    }

    /**
     * A resource of the interface.
     *
     * @param method the method that it has
     * @param handler answers
     */
    private record Resource(String method, Handler handler) {
        static Resource reading(Handler handler) {
            return new Resource("GET", handler);
        }

        static Resource acting(Handler handler) {
            return new Resource("POST", handler);
        }

        boolean has(Call call) {
            return method.equals("GET") ? call.reads() : method.equals(call.method());
        }
    }

    private static Map<String, Resource> resources(TokenGuard guard, Observation observation, Clock clock) {
        Acts acts = new Acts(guard, clock);
        RevocationList revocations = new RevocationList(guard);
        Map<String, Resource> all = new HashMap<>();
        all.put("now", Resource.reading((call, operator) -> Answer.json(200, NowDocument.of(guard, observation))));
        all.put("keys", Resource.reading((call, operator) -> Answer.json(200, Map.of("issuers", keys(guard)))));
        all.put("revocations", Resource.reading((call, operator) -> revocations.all()));
        for (Resolution resolution : Resolution.values()) {
            for (Group group : Group.values()) {
                all.put(
                        "trends/" + resolution.label() + "/" + group.label(),
                        Resource.reading((call, operator) ->
                                Answer.json(200, observation.trends().document(resolution, group))));
            }
        }
        all.put("revocations/search", acting(Target.MEMBERS, (body, call, operator) -> revocations.search(body)));
        all.put("revoke", acting(Target.MEMBERS, (body, call, operator) -> acts.revoke(body, operator)));
        all.put("ban", acting(Acts.BAN, (body, call, operator) -> acts.ban(body, operator)));
        all.put("keys/refresh", acting(Acts.NOTHING, (body, call, operator) -> acts.refreshKeys(operator)));
        all.put("explain", acting(Acts.EXPLAIN, acts::explain));
        Trials trials = new Trials(acts);
        all.put("trials", Resource.reading((call, operator) -> trials.all()));
        all.put("trials/start", acting(Trials.START, (body, call, operator) -> trials.start(body, operator)));
        all.put("trials/end", acting(Trials.END, (body, call, operator) -> trials.end(body, operator)));
        return Map.copyOf(all);
    }

    private static Object keys(TokenGuard guard) {
        return Objects.requireNonNull(guard.health().document().get("keys"));
    }

    /** Does what a body says. */
    private interface Act {
        FeedAnswer answer(JsonObject body, Call call, AccessToken operator) throws MalformedException;
    }

    private static Resource acting(Set<String> members, Act act) {
        return Resource.acting((call, operator) -> {
            if (!call.isJson()) {
                return Answer.error(415, "send the content type application/json");
            }
            Optional<byte[]> content = call.content();
            return content.isEmpty()
                    ? Answer.error(413, "the body is longer than 128 KiB")
                    : act.answer(JsonObject.read(content.get(), members), call, operator);
        });
    }

    /** Answers; bad input is an answer, never an exception. */
    FeedAnswer answer(Call call) throws IOException {
        if (!call.path().startsWith(INTERFACE)) {
            return call.reads() ? file(call.path()) : notAllowed("GET");
        }
        if (call.token().isEmpty()) {
            return Answer.empty(401, Map.of("WWW-Authenticate", "Bearer"));
        }
        AccessToken operator = call.token().get();
        Optional<FeedAnswer> refusal = refusal(call, operator);
        return refusal.isPresent() ? refusal.get() : granted(call, operator);
    }

    /** Without the slash at its end, relative addresses in the page would not be below the console. */
    private FeedAnswer file(String path) {
        return path.isEmpty()
                ? Answer.empty(302, Map.of("Location", root.substring(root.lastIndexOf('/') + 1) + "/"))
                : Page.find(path);
    }

    private Optional<FeedAnswer> refusal(Call call, AccessToken operator) {
        Optional<Route> rule = guard.consoleRoute();
        if (rule.isEmpty()) {
            return Optional.of(Answer.empty(404, Map.of()));
        }
        IncomingRequest again = new IncomingRequest(
                call.method(),
                call.path(),
                call.path(),
                unused -> List.of(),
                call.request().connection());
        return guard.decideAgain(again, rule.get().requirement(), operator) instanceof Decision.Refused refused
                ? Optional.of(written(refused.challenge()))
                : Optional.empty();
    }

    private static FeedAnswer written(Decision.Challenge challenge) {
        Map<String, String> headers = new HashMap<>();
        challenge.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return Answer.empty(challenge.status(), headers);
    }

    private FeedAnswer granted(Call call, AccessToken operator) throws IOException {
        Resource resource = resources.get(call.path().substring(INTERFACE.length()));
        if (resource == null) {
            return Answer.error(404, "there is no such resource");
        }
        if (!resource.has(call)) {
            return notAllowed(resource.method());
        }
        try {
            return resource.handler().answer(call, operator);
        } catch (MalformedException malformed) {
            return Answer.error(400, String.valueOf(malformed.getMessage()));
        }
    }

    private static FeedAnswer notAllowed(String method) {
        return Answer.with(Answer.error(405, "use " + method), Map.of("Allow", method));
    }
}
