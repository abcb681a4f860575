package io.tokenguard.cli;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reaches an issuer step by step, and compares it with its settings. The guard's own result comes last.
 *
 * @param report receives the steps
 * @param clock this machine's clock
 * @param health the state of a guard that tries to load the keys
 * @param incomplete what the keys of issuers begin with of whose algorithms the guard lacks some
 */
record IssuerDoctor(Report report, Clock clock, Supplier<GuardHealth> health, Set<String> incomplete) {
    /** Says which setting the checks of an issuer need. */
    void skip(IssuerSettings issuer, String key) {
        section(issuer);
        report.note("keys", "not checked: the other checks need " + key);
    }

    private void section(IssuerSettings issuer) {
        report.section("Issuer " + (issuer.isUnnamed() ? "of opaque tokens" : issuer.issuer()));
    }

    void examine(IssuerSettings issuer) {
        section(issuer);
        KeyLocation location = issuer.keys().location();
        if (issuer.isUnnamed()) {
            report.note("keys", "none: its tokens are introspected");
        } else if (issuer.isTemplate() || !issuer.tenants().names().isEmpty()) {
            report.note("keys", "not checked here: tenants are reached when their first token arrives");
        } else if (location instanceof KeyLocation.Secret) {
            report.fine("keys", "a shared secret of this configuration; nothing is loaded");
        } else if (location instanceof KeyLocation.In in) {
            examineFile(issuer, in.jwksFile());
        } else if (location instanceof KeyLocation.At at) {
            examineKeysAt(issuer, at.jwksUri());
        } else {
            examineMetadata(issuer);
        }
        verdict(issuer);
    }

    private boolean connects(IssuerReach reach, URI address) {
        return new ConnectionProbe(reach, report).connects(address);
    }

    private void examineKeysAt(IssuerSettings issuer, URI address) {
        if (connects(IssuerReach.of(issuer), address)) {
            DocumentProbe documents = DocumentProbe.of(IssuerReach.of(issuer));
            documents.get(address).ifPresent(answer -> new ClockProbe(issuer, report, clock).compare(answer));
            keysAt(issuer, documents, address);
        }
    }

    private void examineFile(IssuerSettings issuer, Path file) {
        try {
            new KeySetProbe(issuer, report).examine(Files.readAllBytes(file), "jwks-file", "");
        } catch (IOException unreadable) {
            report.error(
                    "key set", issuer.keyPrefix() + "jwks-file", "the file can't be read", "check path and rights");
        }
    }

    private void examineMetadata(IssuerSettings issuer) {
        List<URI> addresses = MetadataProbe.addresses(issuer);
        if (!connects(IssuerReach.of(issuer), addresses.get(0))) {
            return;
        }
        DocumentProbe documents = DocumentProbe.of(IssuerReach.of(issuer));
        Optional<URI> keys = new MetadataProbe(issuer, report, clock).keysIn(addresses, documents);
        keys.ifPresent(address -> {
            boolean isElsewhere = !String.valueOf(address.getRawAuthority())
                    .equals(addresses.get(0).getRawAuthority());
            if (!isElsewhere || connects(IssuerReach.of(issuer).toKeys(), address)) {
                keysAt(issuer, documents, address);
            }
        });
    }

    private void keysAt(IssuerSettings issuer, DocumentProbe documents, URI address) {
        documents
                .get(address)
                .ifPresentOrElse(
                        answer -> new KeySetProbe(issuer, report).examine(answer),
                        () -> report.error(
                                "key set",
                                issuer.keyPrefix() + "jwks-uri",
                                "no answer in time",
                                "check the issuer; raise " + issuer.keyPrefix() + "jwks.timeout if it is slow"));
    }

    private void verdict(IssuerSettings issuer) {
        health.get().issuers().stream()
                .filter(keys -> keys.issuer().equals(issuer.issuer()) && !keys.isTenant())
                .findFirst()
                .ifPresent(keys -> verdict(issuer, keys));
    }

    private static String source(KeyLocation location) {
        if (location instanceof KeyLocation.In) {
            return "jwks-file";
        }
        return location instanceof KeyLocation.At ? "jwks-uri" : "issuer-uri";
    }

    private void verdict(IssuerSettings issuer, KeyHealth keys) {
        if (incomplete.contains(issuer.keyPrefix())) {
            report.note("guard", "not checked: this command lacks an algorithm of this issuer");
        } else if (keys.hasNoUsableKey()) {
            report.error(
                    "guard",
                    issuer.keyPrefix() + "algorithms",
                    "a guard with this configuration uses none of the issuer's keys: "
                            + keys.keysLeftOut().orElse("the set is empty"),
                    "requests with its tokens get 401 until this is corrected");
        } else if (keys.state() == KeyState.FRESH) {
            report.fine("guard", "a guard with this configuration has loaded the keys");
        } else {
            report.error(
                    "guard",
                    issuer.keyPrefix() + source(issuer.keys().location()),
                    "a guard with this configuration has no keys: "
                            + keys.lastFailure().orElse("no answer in time"),
                    "requests with its tokens get 503 until this is corrected");
        }
    }
}
