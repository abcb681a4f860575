package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.keys.IssuerMetadata;
import io.tokenguard.internal.settings.ConnectionSettings.MetadataSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds an issuer's metadata, and compares the issuer in it with the configured one.
 *
 * @param issuer the issuer's settings
 * @param report receives what is found
 * @param clock this machine's clock
 */
record MetadataProbe(IssuerSettings issuer, Report report, Clock clock) {
    /** Where the metadata may be, in the order in which the guard asks. */
    static List<URI> addresses(IssuerSettings issuer) {
        MetadataSettings metadata = issuer.keys().connection().metadata();
        return metadata.uri()
                .map(List::of)
                .orElseGet(() -> IssuerMetadata.Place.under(URI.create(issuer.issuer()), issuer.issuer())
                        .addresses());
    }

    /** The members of metadata; empty if the answer is none. */
    static Optional<Map<String, @Nullable Object>> members(DocumentProbe.Answer answer) {
        try {
            return answer.status() == 200
                    ? Optional.of(JsonReader.readObject(answer.body(), JsonLimits.DOCUMENT))
                            .filter(members -> members.containsKey("issuer"))
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    /** The address of the keys; empty if there is none, which is reported. */
    Optional<URI> keysIn(List<URI> addresses, DocumentProbe documents) {
        for (URI address : addresses) {
            Optional<DocumentProbe.Answer> answer = documents.get(address);
            if (answer.isEmpty()) {
                wrong("no answer in time from " + SafeText.path(address.toString()), "check the issuer");
                return Optional.empty();
            }
            if (answer.get().status() == 200) {
                new ClockProbe(issuer, report, clock).compare(answer.get());
                return read(address, answer.get());
            }
            report(address, answer.get());
        }
        wrong(
                "no metadata at any of the addresses",
                "check the issuer's path, or set " + issuer.keyPrefix() + "metadata-uri or jwks-uri");
        return Optional.empty();
    }

    private void report(URI address, DocumentProbe.Answer answer) {
        String place = SafeText.path(address.toString());
        answer.redirect()
                .ifPresentOrElse(
                        target -> report.warning(
                                "metadata",
                                issuer.keyPrefix() + "issuer-uri",
                                place + " redirects to " + SafeText.path(target.toString())
                                        + ": redirects are followed within the same scheme, host and port only, three at most",
                                "set " + issuer.keyPrefix()
                                        + "metadata-uri to the final address, if you trust that host"),
                        () -> report.note("metadata", "status " + answer.status() + " at " + place));
    }

    private Optional<URI> read(URI address, DocumentProbe.Answer answer) {
        try {
            Map<String, @Nullable Object> members = JsonReader.readObject(answer.body(), JsonLimits.DOCUMENT);
            String found = members.get("issuer") instanceof String text ? text : "";
            String expected = issuer.keys().connection().metadata().issuer().orElse(issuer.issuer());
            if (!found.equals(expected)) {
                wrong(
                        "they are of another issuer: found " + SafeText.finding(found) + ", expected "
                                + SafeText.finding(expected),
                        "set " + issuer.keyPrefix()
                                + "issuer-uri to the issuer that tokens name, character by character");
                return Optional.empty();
            }
            report.fine("metadata", SafeText.path(address.toString()) + ", issuer as expected, " + answer.time());
            return keys(members.get("jwks_uri"));
        } catch (MalformedException malformed) {
            wrong(
                    "they are not JSON: " + malformed.getMessage() + ", media type "
                            + SafeText.value(answer.mediaType()),
                    "check that the address leads to the issuer, not to a login page or a proxy");
            return Optional.empty();
        }
    }

    private Optional<URI> keys(@Nullable Object address) {
        try {
            if (address instanceof String text) {
                URI found = URI.create(text);
                if (found.getHost() != null) {
                    return Optional.of(found);
                }
            }
        } catch (IllegalArgumentException malformed) {
            // reported below
        }
        wrong("they have no usable jwks_uri", "set " + issuer.keyPrefix() + "jwks-uri");
        return Optional.empty();
    }

    private void wrong(String why, String remedy) {
        report.error("metadata", issuer.keyPrefix() + "issuer-uri", why, remedy);
    }
}
