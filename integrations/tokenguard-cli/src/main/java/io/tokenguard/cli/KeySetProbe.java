package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.KeyDocument;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.List;

/**
 * Reads a key set as the guard does, and reports each key.
 *
 * @param issuer the issuer's settings
 * @param report receives the keys
 */
record KeySetProbe(IssuerSettings issuer, Report report) {
    /** The keys of a document. */
    static List<KeyRow> rows(IssuerSettings issuer, byte[] document) throws MalformedException {
        int most = issuer.keys().loads().documents().maxKeys();
        return KeyDocument.read(document, "", most).stream()
                .map(key -> KeyRow.of(key, issuer.tokens().algorithms()))
                .toList();
    }

    void examine(DocumentProbe.Answer answer) {
        if (answer.status() == 200) {
            examine(answer.body(), "jwks-uri", ", media type " + SafeText.value(answer.mediaType()));
        } else if (answer.redirect().isPresent()) {
            report.error(
                    "key set",
                    issuer.keyPrefix() + "jwks-uri",
                    "it redirects to " + SafeText.path(answer.redirect().get().toString())
                            + ": redirects are followed within the same scheme, host and port only, three at most",
                    "set " + issuer.keyPrefix() + "jwks-uri to the final address, if you trust that host");
        } else {
            report.error(
                    "key set",
                    issuer.keyPrefix() + "jwks-uri",
                    "the answer has the status " + answer.status(),
                    "set the right address in " + issuer.keyPrefix()
                            + "jwks-uri; if the issuer requires credentials, set " + issuer.keyPrefix()
                            + "jwks.bearer-token-file or jwks.headers");
        }
    }

    void examine(byte[] document, String key, String mediaType) {
        try {
            report(rows(issuer, document), key);
        } catch (MalformedException malformed) {
            report.error(
                    "key set",
                    issuer.keyPrefix() + key,
                    "it is not a key set: " + malformed.getMessage() + mediaType,
                    "check that it leads to the keys, not to a login page or a proxy");
        }
    }

    private void report(List<KeyRow> rows, String key) {
        rows.forEach(row -> {
            if (row.isUsable()) {
                report.fine("key", row.line());
            } else {
                report.note("key", row.line());
            }
        });
        if (rows.stream().noneMatch(KeyRow::isUsable)) {
            report.error(
                    "key set",
                    issuer.keyPrefix() + key,
                    "none of its " + rows.size() + " keys is usable with the algorithms "
                            + issuer.tokens().algorithms(),
                    "set " + issuer.keyPrefix() + "algorithms to those of the issuer's keys, or correct the keys");
        }
    }
}
