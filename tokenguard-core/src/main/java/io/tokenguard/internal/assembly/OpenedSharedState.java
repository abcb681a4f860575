package io.tokenguard.internal.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.settings.SharedSettings;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The opened shared state, or none.
 *
 * @param settings the settings that it was opened by
 * @param state the shared state
 * @param revocations the revocations of all nodes
 * @param replays the used proofs of all nodes
 */
record OpenedSharedState(
        SharedSettings settings,
        Optional<SharedState> state,
        Optional<RevocationStore> revocations,
        Optional<ReplayStore> replays)
        implements AutoCloseable {
    static final OpenedSharedState NOTHING =
            new OpenedSharedState(SharedSettings.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Opens it.
     *
     * @throws ConfigurationException if nothing on the class path or module path serves the address, or a library is missing
     */
    static OpenedSharedState open(SharedSettings settings, SharedState.Terms terms) {
        if (settings.opened().isPresent()) {
            return of(settings, settings.opened().get());
        }
        if (settings.opener().isPresent()) {
            return of(settings, settings.opener().get().open(terms));
        }
        return settings.location()
                .map(place -> of(settings, opened(settings.key(), place, terms)))
                .orElse(NOTHING);
    }

    private static SharedState opened(String key, SharedState.Location place, SharedState.Terms terms) {
        try {
            return providerOf(key, place.address()).open(place, terms);
        } catch (LinkageError | ServiceConfigurationError missing) {
            throw ConfigurationException.because(
                    key,
                    "needs a library that is missing or of another version (" + named(missing) + ")",
                    library(key));
        }
    }

    /** The class that is missing, or the kind of failure: a message of another library may say anything. */
    private static String named(Error missing) {
        Throwable cause = missing.getCause() instanceof LinkageError inner ? inner : missing;
        return cause instanceof NoClassDefFoundError && cause.getMessage() != null
                ? cause.getMessage().replace('/', '.')
                : cause.getClass().getSimpleName();
    }

    private static String library(String key) {
        return switch (key) {
            case SharedSettings.JDBC ->
                "add tokenguard-jdbc and the JDBC driver, with all that they depend on, by a build tool";
            case SharedSettings.FOLDER ->
                "add tokenguard-state-h2 with all that it depends on, by a build tool: tokenguard-jdbc, tokenguard-shared-store,"
                        + " and com.h2database:h2 in the version that its POM names";
            default ->
                "add tokenguard-redis with all that it depends on, by a build tool: tokenguard-shared-store, and"
                        + " io.lettuce:lettuce-core";
        };
    }

    private static OpenedSharedState of(SharedSettings settings, SharedState state) {
        return new OpenedSharedState(
                settings, Optional.of(state), Optional.of(state.revocations()), Optional.of(state.replays()));
    }

    private static SharedState.Provider providerOf(String key, URI place) {
        return ServiceLoader.load(SharedState.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.serves(place))
                .findFirst()
                .orElseThrow(() -> ConfigurationException.of(key, shown(key, place), remedy(key)));
    }

    /** The path of a folder is no secret; an address may contain a password. */
    private static String shown(String key, URI place) {
        return key.equals(SharedSettings.FOLDER) ? place.getPath() : "(not shown)";
    }

    private static String remedy(String key) {
        return switch (key) {
            case SharedSettings.JDBC ->
                "no module on the class path supports this address; add tokenguard-jdbc and the JDBC driver, and write it as"
                        + " jdbc:postgresql://host:5432/database";
            case SharedSettings.FOLDER ->
                "no module on the class path stores state in a folder; add tokenguard-state-h2";
            default ->
                "no module on the class path supports this address; add tokenguard-redis and write it as redis://host:6379 or"
                        + " rediss://host:6379";
        };
    }

    /** The secret of nonces; this node's own until a shared one is known. */
    Supplier<byte[]> nonceSecret(byte[] own) {
        return () -> state.flatMap(SharedState::nonceSecret)
                .map(text -> text.getBytes(UTF_8))
                .orElse(own);
    }

    /** Compares by hand: the platform's generated comparison of records keeps the application's class loader alive. */
    boolean isOpenedBy(SharedSettings others) {
        return settings.location().equals(others.location())
                && settings.opened().equals(others.opened())
                && settings.opener().equals(others.opener());
    }

    @Override
    public void close() {
        state.ifPresent(SharedState::close);
    }

    /** Closes it, unless another configuration uses it too. */
    void closeFor(OpenedSharedState other) {
        if (!isOpenedBy(other.settings)) {
            close();
        }
    }

    /** Shows nothing of the address: it may contain a password. */
    @Override
    public String toString() {
        return "OpenedSharedState[not shown]";
    }
}
