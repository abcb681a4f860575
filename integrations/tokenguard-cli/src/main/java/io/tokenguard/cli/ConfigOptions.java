package io.tokenguard.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a configuration. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A properties file, or a Spring application.yml. Environment variables TOKENGUARD_... override it, as"
                            + " they do in a server. Without it: the file that TOKENGUARD_CONFIG names, and the environment.")
    private @Nullable Path file;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "An active Spring profile; may be repeated. Only for YAML.")
    private List<String> profiles = List.of();

    /** Requires that no configuration is named, because another option replaces it. */
    void requireNone(String option) {
        if (file != null || !profiles.isEmpty()) {
            throw new UsageException("Pass either --config or " + option + ", not both");
        }
    }

    /** The configuration; empty if nothing names one. */
    Optional<Configuration> find(Map<String, String> environment) {
        return Optional.of(Configuration.read(Optional.ofNullable(file), profiles, environment))
                .filter(found -> !found.properties().isEmpty() || file != null);
    }

    /** The configuration, which the command needs. */
    Configuration require(Map<String, String> environment) {
        return find(environment)
                .orElseThrow(
                        () -> new UsageException("No configuration: pass --config FILE, or set TOKENGUARD_CONFIG"));
    }
}
