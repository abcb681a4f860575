package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.assembly.MetadataDialects.Recognized;
import io.tokenguard.internal.keys.MetadataSelection;
import io.tokenguard.internal.keys.SelectedRules;
import io.tokenguard.internal.settings.DialectOrigin;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Selects the dialect of an issuer's tokens by its metadata, if neither the configuration nor the address does. */
final class DialectChoice {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");

    private DialectChoice() {}

    /** The selection by metadata; empty if the dialect does not depend on them. */
    static Optional<MetadataSelection> of(IssuerSettings issuer) {
        return issuer.tokens().claims().origin() == DialectOrigin.METADATA
                ? Optional.of(new MetadataSelection(metadata -> select(issuer, metadata)))
                : Optional.empty();
    }

    /** Rules by the dialect that is stated, or that will be selected. */
    static <T> SelectedRules<T> rules(
            IssuerSettings issuer, Optional<MetadataSelection> selection, Function<Dialect, T> maker) {
        return selection
                .map(waiting -> SelectedRules.by(waiting, name -> maker.apply(named(issuer, name))))
                .orElseGet(() -> SelectedRules.of(maker.apply(DialectNeeds.dialectOf(issuer))));
    }

    private static String select(IssuerSettings issuer, Map<String, @Nullable Object> metadata) {
        Optional<Recognized> found = MetadataDialects.recognize(issuer.issuer(), metadata);
        try {
            report(issuer, found);
        } catch (RuntimeException failedLog) {
            // A log that fails must not keep the keys from loading.
        }
        return found.map(server -> DialectNeeds.usable(issuer, server.dialect()))
                .orElse(Dialect.RFC9068)
                .settingName();
    }

    private static void report(IssuerSettings issuer, Optional<Recognized> found) {
        Optional<DialectNeeds> lacking = found.flatMap(server -> DialectNeeds.missing(issuer, server.dialect()));
        if (lacking.isPresent()) {
            LOG.warn(lacking.get().warning(issuer, found.orElseThrow().dialect()));
        } else if (found.isPresent()) {
            LOG.info(
                    "Issuer {}: its metadata ({}) select dialect {}. To change it, set {}dialect",
                    issuer.issuer(),
                    found.get().members(),
                    found.get().dialect().settingName(),
                    issuer.keyPrefix());
        } else {
            LOG.info(
                    "Issuer {}: neither its address nor its metadata are those of a known server, so the dialect is rfc9068."
                            + " If it refuses the access tokens, set {}dialect",
                    issuer.issuer(),
                    issuer.keyPrefix());
        }
    }

    /** A snapshot may hold the name of another version, or of other settings. */
    private static Dialect named(IssuerSettings issuer, String name) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.settingName().equals(name))
                .findFirst()
                .map(dialect -> DialectNeeds.usable(issuer, dialect))
                .orElse(Dialect.RFC9068);
    }
}
