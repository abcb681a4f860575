package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.internal.settings.GuardSettings;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a configuration, and everything that it leads to. */
@Command(
        name = "doctor",
        description =
                "Checks a configuration: settings, routes, issuers and their keys, clock, and shared state. Exits with 1 after"
                        + " warnings, with 2 after errors.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean isJson;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.require(terminal.environment());
        Report report = new Report();
        SettingsDoctor settings = new SettingsDoctor(configuration, report);
        Optional<TokenGuard> guard = settings.examine();
        guard.ifPresent(built -> {
            try (built) {
                FirstLoad.await(built);
                reach(settings, built, report);
            }
        });
        if (isJson) {
            terminal.line(JsonText.of(report.json()));
        } else {
            terminal.lines(report.lines(terminal.ansi()));
        }
        return report.exit();
    }

    private static void reach(SettingsDoctor checked, TokenGuard guard, Report report) {
        Configuration usable = checked.usable();
        GuardSettings settings = usable.settings();
        RoutesDoctor.examine(usable, report);
        IssuerDoctor issuers = new IssuerDoctor(
                report, Clock.systemUTC(), guard::health, checked.providers().incomplete(usable));
        settings.issuers()
                .forEach(issuer -> checked.withoutKeys(issuer.keyPrefix())
                        .ifPresentOrElse(key -> issuers.skip(issuer, key), () -> issuers.examine(issuer)));
        StateDoctor.examine(settings.operation().shared(), report);
        ServerDoctor.examine(settings, report);
    }
}
