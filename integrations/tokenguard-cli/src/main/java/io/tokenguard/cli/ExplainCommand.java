package io.tokenguard.cli;

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

    @Option(
            names = "--client-address",
            paramLabel = "ADDRESS",
            description = "The client's numeric address, which networks in routes and deny lists are compared with.")
    private @Nullable String clientAddress;

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
        OpenedToken token = OpenedToken.of(DecodedToken.of(terminal.input()), configuration);
        Explained explained = configuration
                .map(found -> explained(new StageWalk(
                                found,
                                new Question(token.presented(), target, Proofs.read(proof)).from(clientAddress),
                                token.readable(),
                                clock)
                        .stepsWithLimits(isOffline)))
                .orElseGet(() -> alone(token.presented(), clock));
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
        steps.forEach(step -> step.lines(terminal.ansi()).forEach(line -> lines.add("  " + line)));
        lines.add("Result: " + result);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stages", steps.stream().map(Step::json).toList());
        json.put("result", result);
        return new Explained(lines, json, bad.isPresent() || isUndecided ? Cli.FOUND : Cli.FINE);
    }

    private static Explained alone(DecodedToken token, Clock clock) {
        AcceptingSettings settings = new AcceptingSettings(token, clock);
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
                    lines.addAll(lines(suggestion));
                    json.put("properties", suggestion.properties());
                    json.put("accepted", suggestion.isAccepted());
                    suggestion.problem().ifPresent(problem -> json.put("problem", problem));
                    json.put("notes", suggestion.notes());
                },
                () -> lines.add(unnamed(token)));
        return new Explained(
                lines,
                json,
                found.filter(AcceptingSettings.Suggestion::isAccepted).isPresent() ? Cli.FINE : Cli.FOUND);
    }

    private static List<String> lines(AcceptingSettings.Suggestion suggestion) {
        if (suggestion.properties().isEmpty()) {
            return List.of("No properties are shown: " + suggestion.problem().orElse(""));
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                suggestion.isAccepted()
                        ? "These properties accept it, if the issuer's key has signed it and it has not expired:"
                        : "These properties come nearest:");
        suggestion.properties().forEach((key, value) -> lines.add("  " + key + "=" + value));
        suggestion.problem().ifPresent(problem -> lines.add("With them it is refused: " + problem));
        suggestion.notes().forEach(note -> lines.add("Note: " + note));
        return lines;
    }

    private static String unnamed(DecodedToken token) {
        if (token.isEncrypted()) {
            return "It is encrypted: what is inside is not known here.";
        }
        return token.hasThreeParts()
                ? "It has no issuer (iss) that properties could name."
                : "It is no JWT. Opaque tokens are accepted by introspection: set tokenguard.introspection.uri, .client-id and"
                        + " .client-secret-file.";
    }

    private void show(OpenedToken token, Clock clock, Explained explained) {
        ShownClaims shown = new ShownClaims(clock);
        if (isJson) {
            terminal.line(JsonText.of(json(token, clock, explained)));
            return;
        }
        terminal.line("Time: " + clock.instant());
        if (token.presented().isEncrypted()) {
            part("Header of the encrypted token", token.presented().header().map(shown::lines));
        }
        token.signed()
                .ifPresentOrElse(
                        signed -> {
                            part("Header", signed.header().map(shown::lines));
                            part("Claims", signed.claims().map(shown::lines));
                        },
                        () -> terminal.line("The token inside can't be read: " + token.obstacle()));
        terminal.lines(explained.lines());
    }

    private static Map<String, Object> json(OpenedToken token, Clock clock, Explained explained) {
        ShownClaims shown = new ShownClaims(clock);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", clock.instant());
        if (token.presented().isEncrypted()) {
            token.presented().header().ifPresent(header -> json.put("encryptedHeader", shown.texts(header)));
        }
        token.signed().flatMap(DecodedToken::header).ifPresent(header -> json.put("header", shown.texts(header)));
        token.signed().flatMap(DecodedToken::claims).ifPresent(claims -> json.put("claims", shown.texts(claims)));
        json.putAll(explained.json());
        return json;
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
