package io.tokenguard.cli;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.JwkThumbprint;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.spi.VerificationKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A key of a key set, without its value.
 *
 * @param keyId its key ID; empty if it has none
 * @param type its type, such as EC; empty if it was not read
 * @param algorithms what it verifies
 * @param thumbprint its thumbprint (RFC 7638); empty if it was not read
 * @param flaw why it is not used; empty if it is
 */
record KeyRow(String keyId, String type, String algorithms, String thumbprint, String flaw) {
    static KeyRow of(PublishedKey key, Set<SignatureAlgorithm> accepted) {
        Collection<VerificationKey> uses = key.uses().values();
        String type = uses.stream()
                .findFirst()
                .map(use -> use.publicKey().getAlgorithm())
                .orElse("");
        String thumbprint = uses.stream()
                .findFirst()
                .map(use -> JwkThumbprint.of(use.publicKey()))
                .orElse("");
        String algorithms = new TreeSet<>(key.uses().keySet())
                .stream().map(SignatureAlgorithm::toString).collect(Collectors.joining(","));
        return new KeyRow(SafeText.value(key.keyId()), type, algorithms, thumbprint, flawOf(key, accepted));
    }

    private static String flawOf(PublishedKey key, Set<SignatureAlgorithm> accepted) {
        if (key.isRefused()) {
            return key.flaw();
        }
        if (key.uses().isEmpty()) {
            return key.idle();
        }
        return key.uses().keySet().stream().anyMatch(accepted::contains)
                ? ""
                : "its algorithms are not in tokenguard.algorithms";
    }

    boolean isUsable() {
        return flaw.isEmpty();
    }

    String line() {
        String name = keyId.isEmpty() ? "(no kid)" : keyId;
        return name
                + (type.isEmpty() ? "" : " " + type + " " + algorithms + ", thumbprint " + thumbprint)
                + (isUsable() ? ", usable" : ", not used: " + flaw);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kid", keyId);
        json.put("type", type);
        json.put("algorithms", algorithms);
        json.put("thumbprint", thumbprint);
        json.put("usable", isUsable());
        json.put("flaw", flaw);
        return json;
    }
}
