package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The command line of TokenGuard. Exits with 0, with 1 after a finding, or with 2 after a wrong call or configuration. */
@Command(
        name = "tokenguard",
        description = "Explains refusals, checks configurations, and revokes tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Cli implements Runnable {
    /** Nothing was found. */
    static final int FINE = 0;
    /** Something was found, or refused. */
    static final int FOUND = 1;
    /** The call or the configuration is wrong. */
    static final int WRONG = 2;

    private final Terminal terminal;

    private Cli(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs a command, and ends the process. */
    public static void main(String[] words) {
        System.exit(run(Terminal.system(), words));
    }

    /** Runs a command, and returns its exit code. */
    static int run(Terminal terminal, String... words) {
        CollectedLog.current().clear();
        return new Cli(terminal).execute(words);
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description =
                    "Colours: always, never, or auto, the default: if the output is a terminal and NO_COLOR is not set.")
    void color(Colours.When when) {
        terminal.colours().choose(when);
    }

    private int execute(String[] words) {
        CommandLine line = new CommandLine(this);
        commands().forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> {
                    line.setColorScheme(Help.defaultColorScheme(terminal.ansi()));
                    return new RunLast().execute(parsed);
                })
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, unused, parsed) -> fail(failure))
                .setParameterExceptionHandler((wrong, unused) -> fail(wrong))
                .execute(words);
    }

    private List<Object> commands() {
        return List.of(
                new ExplainCommand(terminal),
                new DoctorCommand(terminal),
                new RoutesCommand(terminal),
                new KeysCommand(terminal),
                new InitCommand(terminal),
                new RevokeCommand(terminal),
                new BanCommand(terminal),
                new RevocationsCommand(terminal),
                new MintCommand(terminal),
                new ServeIssuerCommand(terminal),
                new CurlCommand(terminal));
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new UsageException("Name a command; --help lists them");
    }

    /** Shows what is known to contain no value that was passed: an argument may be a token. */
    private int fail(Exception failure) {
        terminal.err().println(message(failure));
        return WRONG;
    }

    private static boolean isOfWords(@Nullable ArgSpec argument) {
        return argument != null && argument.type().isEnum();
    }

    private static String words(ArgSpec argument) {
        return Stream.of(argument.type().getEnumConstants())
                .map(word -> word.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String message(Exception failure) {
        if (failure instanceof ConfigurationException wrong) {
            return "Configuration: " + wrong.getMessage();
        } else if (failure instanceof UsageException wrong) {
            return wrong.text();
        } else if (failure instanceof MissingParameterException missing) {
            return missing.getMessage() + ". See --help";
        } else if (failure instanceof MutuallyExclusiveArgsException exclusive) {
            return exclusive.getMessage() + ". See --help";
        } else if (failure instanceof ParameterException wrong && isOfWords(wrong.getArgSpec())) {
            return wrong.getArgSpec().paramLabel() + ": write one of " + words(wrong.getArgSpec());
        } else if (failure instanceof ParameterException wrong) {
            return wrong.getArgSpec() == null
                    ? "An argument is unknown (not shown: it may be a token). See --help"
                    : "The value of " + wrong.getArgSpec().paramLabel()
                            + " is wrong (not shown: it may be a secret). See --help";
        }
        return "Internal error: " + failure.getClass().getName()
                + ". Please report it, with the command but without its input";
    }
}
