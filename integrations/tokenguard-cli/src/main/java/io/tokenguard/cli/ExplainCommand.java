package io.tokenguard.cli;

import io.tokenguard.access.Refusal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a token contains, and how the guard decides about it, stage by stage. */
@Command(
        name = "explain",
        description =
                "Reads a token from the standard input, and shows how the guard decides about it, stage by stage. Never"
                        + " shows the token. Exits with 1 if it is refused or can't be validated.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--at", paramLabel = "TIME", description = "The time of the request, such as 2026-01-31T12:00:00Z.")
    private @Nullable String time;

    @Option(
            names = "--request",
            paramLabel = "'METHOD PATH'",
            description = "The request, such as 'GET /orders' or 'GET https://api.example.com/orders'.")
    private @Nullable String request;

    @Option(
            names = "--proof",
            paramLabel = "PROOF",
            description = "The DPoP proof of the request. @FILE reads it from a file.")
    private @Nullable String proof;

    @Option(names = "--offline", description = "Loads no keys: key and signature are not checked.")
    private boolean isOffline;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean isJson;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Clock clock = clock();
        Optional<Configuration> configuration = options.find(terminal.environment());
        Optional<Question.Target> target = Optional.ofNullable(request).map(Question.Target::parse);
        DecodedToken token = DecodedToken.of(terminal.input());
        Explained explained = configuration
                .map(found -> explained(
                        new StageWalk(found, new Question(token, target, Proofs.read(proof)), clock).steps(isOffline)))
                .orElseGet(() -> alone(token));
        show(token, clock, explained);
        return explained.exit();
    }

    /**
     * The part of the output after the token.
     *
     * @param lines for people
     * @param json for programs
     * @param exit the exit code
     */
    private record Explained(List<String> lines, Map<String, Object> json, int exit) {}

    private Explained explained(List<Step> steps) {
        Optional<Step> bad =
                steps.stream().filter(step -> step.mark() == Mark.BAD).findFirst();
        boolean isUndecided = steps.stream()
                .anyMatch(step -> step.mark() == Mark.NOT_REACHED
                        || (step.mark() == Mark.UNKNOWN && step.details().containsKey("answer")));
        String result = bad.map(step -> "refused: " + step.note())
                .orElse(isUndecided ? "undecided: see the stages marked with ?" : "accepted, as far as it was checked");
        List<String> lines = new ArrayList<>(List.of("Decision"));
        steps.forEach(step -> step.lines().forEach(line -> lines.add("  " + line)));
        lines.add("Result: " + result);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stages", steps.stream().map(Step::json).toList());
        json.put("result", result);
        return new Explained(lines, json, bad.isPresent() || isUndecided ? Cli.FOUND : Cli.FINE);
    }

    private static Explained alone(DecodedToken token) {
        AcceptingSettings settings = new AcceptingSettings(token);
        Optional<AcceptingSettings.Suggestion> found = settings.find();
        Map<String, Object> json = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        lines.add("No configuration was passed (--config FILE): nothing of the token was verified.");
        settings.product().ifPresent(product -> {
            lines.add("It looks like a token of " + product.product() + ".");
            json.put("product", product.product());
        });
        found.ifPresentOrElse(
                suggestion -> {
                    boolean isAccepted = suggestion.refusal().isEmpty();
                    lines.add(
                            isAccepted
                                    ? "These properties accept it, if the issuer's key has signed it and it has not expired:"
                                    : "These properties come nearest:");
                    suggestion.properties().forEach((key, value) -> lines.add("  " + key + "=" + value));
                    suggestion
                            .refusal()
                            .ifPresent(refusal -> lines.add("With them it is refused: " + inOneLine(refusal)));
                    json.put("properties", suggestion.properties());
                    json.put("accepted", isAccepted);
                },
                () -> lines.add("It has no issuer (iss) that properties could name, or is no signed JWT."));
        return new Explained(
                lines, json, found.filter(one -> one.refusal().isEmpty()).isPresent() ? Cli.FINE : Cli.FOUND);
    }

    private static String inOneLine(Refusal refusal) {
        return refusal.reason() + ", found " + refusal.found() + ", expected " + refusal.expected();
    }

    private void show(DecodedToken token, Clock clock, Explained explained) {
        ShownClaims shown = new ShownClaims(clock);
        if (isJson) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("time", clock.instant());
            token.header().ifPresent(header -> json.put("header", shown.texts(header)));
            token.claims().ifPresent(claims -> json.put("claims", shown.texts(claims)));
            json.putAll(explained.json());
            terminal.line(JsonText.of(json));
            return;
        }
        terminal.line("Time: " + clock.instant());
        part("Header", token.header().map(shown::lines));
        part("Claims", token.claims().map(shown::lines));
        terminal.lines(explained.lines());
    }

    private void part(String title, Optional<List<String>> lines) {
        terminal.line(title);
        terminal.lines(lines.orElse(List.of("  can't be decoded: it is not base64url of a JSON object")));
    }

    private Clock clock() {
        try {
            return Clock.fixed(time == null ? Clock.systemUTC().instant() : Instant.parse(time), ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw new UsageException("--at: write a time in UTC, such as 2026-01-31T12:00:00Z");
        }
    }
}
