package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.internal.request.RouteCandidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the routes of a configuration, or shows which of them decides about a request. */
@Command(
        name = "routes",
        description =
                "Lists the routes, the most specific first; or shows which one decides about a request, and why. Exits"
                        + " with 1 if the request matches none.",
        mixinStandardHelpOptions = true)
final class RoutesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "METHOD", description = "The method of a request.")
    private @Nullable String method;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Its path.")
    private @Nullable String path;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean isJson;

    RoutesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.require(terminal.environment());
        NamedRoutes routes = NamedRoutes.of(configuration);
        try (TokenGuard guard = configuration.local().builder().build()) {
            HealthPaths health = HealthPaths.of(configuration);
            if (method == null) {
                return list(routes, health, further(configuration));
            }
            if (path == null) {
                throw new UsageException("Name the path too, such as: routes GET /orders");
            }
            Question.Target target = Question.Target.of(method, path);
            Optional<NamedRoutes.Row> answered = health.find(target);
            return answered.isPresent()
                    ? showHealth(answered.get())
                    : match(routes, target, unauthenticated(guard, target), further(configuration));
        }
    }

    private static List<NamedRules> further(Configuration configuration) {
        return List.of(NamedRules.limits(configuration), NamedRules.writes(configuration));
    }

    /** Without a token, the guard refuses ambiguous paths and methods first. */
    private static Optional<Refusal> unauthenticated(TokenGuard guard, Question.Target target) {
        Decision decision = guard.decide(
                IncomingRequest.builder(target.method(), target.path().split("\\?", -1)[0])
                        .overTls()
                        .authority("localhost")
                        .build());
        return decision instanceof Decision.Refused refused
                ? Optional.of(refused.refusal())
                        .filter(refusal -> refusal.reason().stage() == Stage.REQUEST)
                : Optional.empty();
    }

    private int showHealth(NamedRoutes.Row row) {
        if (isJson) {
            Map<String, Object> json = new LinkedHashMap<>(row.json());
            json.put("effect", "HEALTH");
            terminal.line(JsonText.of(List.of(json)));
        } else {
            terminal.line(Mark.GOOD.shown(terminal.ansi()) + " " + row.line());
            terminal.line("    decides: TokenGuard answers with the health document itself, before any route");
        }
        return Cli.FINE;
    }

    private int list(NamedRoutes routes, HealthPaths health, List<NamedRules> further) {
        List<NamedRoutes.Row> rows = Stream.concat(
                        health.rows().stream(), routes.table().routes().stream().map(routes::row))
                .toList();
        if (isJson) {
            List<Map<String, Object>> json = new ArrayList<>();
            rows.forEach(row -> json.add(row.json()));
            further.forEach(rules -> json.addAll(rules.json()));
            terminal.line(JsonText.of(json));
        } else {
            terminal.line(NamedRoutes.Row.TITLES.line());
            rows.forEach(row -> terminal.line(row.line()));
            further.forEach(rules -> terminal.lines(rules.lines()));
            terminal.line(
                    "Requests that match no route are denied, unless an annotation decides (Spring, Jakarta REST).");
        }
        return Cli.FINE;
    }

    private int match(NamedRoutes routes, Question.Target target, Optional<Refusal> refusal, List<NamedRules> further) {
        List<RouteCandidate> candidates = refusal.isPresent()
                ? List.of()
                : routes.table().candidates(target.method(), target.path().split("\\?", -1)[0]);
        boolean isMatched =
                candidates.stream().anyMatch(candidate -> candidate.effect() == RouteCandidate.Effect.DECIDES);
        List<NamedRules> applying = refusal.isPresent()
                ? List.of()
                : further.stream().map(rules -> rules.of(target)).toList();
        if (isJson) {
            List<Map<String, Object>> json = json(routes, candidates, refusal, isMatched);
            applying.forEach(rules -> json.addAll(rules.json()));
            terminal.line(JsonText.of(json));
        } else {
            terminal.lines(lines(routes, candidates, refusal, isMatched));
            applying.forEach(this::show);
        }
        return isMatched ? Cli.FINE : Cli.FOUND;
    }

    private void show(NamedRules rules) {
        if (!rules.isEmpty()) {
            terminal.line(
                    rules.kind().equals("limit")
                            ? "Limits that count it, if it is granted:"
                            : "It happens once for each Idempotency-Key, if it is granted:");
            terminal.lines(rules.lines().stream().map(line -> "  " + line).toList());
        }
    }

    private static List<Map<String, Object>> json(
            NamedRoutes routes, List<RouteCandidate> candidates, Optional<Refusal> refusal, boolean isMatched) {
        List<Map<String, Object>> json = new ArrayList<>();
        refusal.ifPresent(
                refused -> json.add(new TreeMap<>(Map.of("refused", refused.reason(), "found", refused.found()))));
        candidates.forEach(candidate -> {
            Map<String, Object> row =
                    new LinkedHashMap<>(routes.row(candidate.route()).json());
            row.put("effect", candidate.effect());
            json.add(row);
        });
        if (refusal.isEmpty() && !isMatched) {
            json.add(new TreeMap<>(Map.of("effect", "UNKNOWN", "why", NamedRoutes.BY_ANNOTATIONS)));
        }
        return json;
    }

    private List<String> lines(
            NamedRoutes routes, List<RouteCandidate> candidates, Optional<Refusal> refusal, boolean isMatched) {
        List<String> lines = new ArrayList<>();
        refusal.ifPresent(refused -> lines.add("Refused before any route: " + refused.reason() + " " + refused.detail()
                + ", found " + refused.found() + ", expected " + refused.expected()));
        if (refusal.isEmpty() && !isMatched) {
            lines.add(Mark.UNKNOWN.shown(terminal.ansi()) + " " + NamedRoutes.BY_ANNOTATIONS
                    + ". Set tokenguard.routes.<id>, or annotate the handler");
        }
        candidates.forEach(candidate -> {
            lines.add(mark(candidate).shown(terminal.ansi()) + " "
                    + routes.row(candidate.route()).line());
            lines.add("    " + why(candidate.effect()));
        });
        return lines;
    }

    private static Mark mark(RouteCandidate candidate) {
        return switch (candidate.effect()) {
            case DECIDES, ADDS -> Mark.GOOD;
            case LESS_SPECIFIC, OTHER_METHODS -> Mark.NOT_REACHED;
        };
    }

    private static String why(RouteCandidate.Effect effect) {
        return switch (effect) {
            case DECIDES -> "decides: the most specific route for this path and method";
            case ADDS -> "has to be met too: some frameworks read the path as one of this route";
            case LESS_SPECIFIC -> "does not apply: less specific, or its path is only similar";
            case OTHER_METHODS -> "does not apply: it is for other methods";
        };
    }
}
