package io.tokenguard.cli;

import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The keys that an issuer publishes.
 *
 * @param issuer the issuer
 * @param rows its keys; empty if they can't be loaded
 * @param report why they can't be loaded
 */
record PublishedKeys(String issuer, List<KeyRow> rows, Report report) {
    /** Those of all issuers of a configuration whose keys can be listed: not of templates, and no secrets. */
    static List<PublishedKeys> of(Configuration configuration) {
        return configuration.settings().issuers().stream()
                .filter(issuer -> !issuer.isUnnamed() && !issuer.isTemplate())
                .filter(issuer -> !(issuer.keys().location() instanceof KeyLocation.Secret))
                .flatMap(issuer -> issuer.perTenant().stream())
                .map(PublishedKeys::of)
                .toList();
    }

    private static PublishedKeys of(IssuerSettings issuer) {
        Report report = new Report();
        return new PublishedKeys(issuer.issuer(), rows(issuer, report), report);
    }

    private static List<KeyRow> rows(IssuerSettings issuer, Report report) {
        try {
            Optional<byte[]> document = document(issuer, report);
            return document.isEmpty() ? List.of() : KeySetProbe.rows(issuer, document.get());
        } catch (MalformedException | IOException unreadable) {
            report.error("key set", issuer.keyPrefix() + "jwks", "can't be read", "call doctor for the reason");
            return List.of();
        }
    }

    private static Optional<byte[]> document(IssuerSettings issuer, Report report) throws IOException {
        KeyLocation location = issuer.keys().location();
        if (location instanceof KeyLocation.In in) {
            return Optional.of(Files.readAllBytes(in.jwksFile()));
        }
        DocumentProbe documents = DocumentProbe.of(IssuerReach.of(issuer));
        Optional<URI> address = location instanceof KeyLocation.At at
                ? Optional.of(at.jwksUri())
                : new MetadataProbe(issuer, report, Clock.systemUTC())
                        .keysIn(MetadataProbe.addresses(issuer), documents);
        return address.flatMap(documents::get).map(DocumentProbe.Answer::body);
    }

    boolean hasUsable() {
        return rows.stream().anyMatch(KeyRow::isUsable);
    }
}
