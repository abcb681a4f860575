package io.tokenguard.cli;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.assembly.RecognizedDialect;
import io.tokenguard.internal.audit.SafeText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Properties for an issuer, with comments.
 *
 * @param address where its metadata are
 * @param metadata its metadata
 * @param audience the name of the API; empty for a placeholder, which the guard refuses
 */
record WrittenProperties(URI address, Map<String, @Nullable Object> metadata, Optional<String> audience) {
    List<String> lines() {
        String issuer = metadata.get("issuer") instanceof String text ? text : "";
        List<String> lines = new ArrayList<>();
        lines.add("# Written by tokenguard init from " + SafeText.path(address.toString()));
        lines.add("");
        lines.add("# The issuer, character by character as its tokens name it in iss.");
        lines.add("tokenguard.issuer-uri=" + SafeText.finding(issuer));
        lines.add("");
        lines.addAll(dialect(issuer));
        lines.add("");
        lines.add(
                "# The name of this API that the issuer writes into aud. Without it, tokens for other APIs would be accepted.");
        lines.add("tokenguard.audiences=" + audience.map(SafeText::finding).orElse("${AUDIENCE}"));
        lines.add("");
        lines.add("# Who may do what. Requests that match no route are denied.");
        lines.add("tokenguard.routes.health=GET /health public");
        lines.add("# tokenguard.routes.read=GET /orders/** scope orders:read");
        lines.add("");
        lines.add("# Keys are found by the issuer's metadata; nothing has to be set for them.");
        lines.add("# Next: " + (audience.isEmpty() ? "replace ${AUDIENCE}, and " : "")
                + "check all of this with: tokenguard doctor --config FILE");
        return lines;
    }

    private List<String> dialect(String issuer) {
        Dialect dialect = RecognizedDialect.of(issuer, metadata);
        return dialect == Dialect.RFC9068
                ? List.of(
                        "# The kind of server was not recognised: its tokens have to be those of RFC 9068. If they are refused, pass",
                        "# one to tokenguard explain, which says which dialect accepts it.",
                        "# tokenguard.dialect=rfc9068")
                : List.of(
                        "# Recognised by the issuer's address or its metadata.",
                        "tokenguard.dialect=" + dialect.settingName());
    }

    /** Contains nothing that was read. */
    @Override
    public String toString() {
        return "WrittenProperties[not shown]";
    }
}
