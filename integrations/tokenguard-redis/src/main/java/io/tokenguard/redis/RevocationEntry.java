package io.tokenguard.redis;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A revocation as an entry of the stream: {@code v} is 1, {@code k} the kind, {@code t} the target, {@code b} the moment
 * before which tokens are hit, {@code f} when it may be forgotten, {@code r} the moment from which the retention counts, all
 * in milliseconds since 1970. {@code i} is the hash of the issuer that has sent it; earlier versions neither write nor read it.
 */
final class RevocationEntry {
    private static final String VERSION = "1";
    /** The end of the year 9999. */
    static final Instant LATEST = Instant.ofEpochMilli(253_402_300_799_999L);

    private RevocationEntry() {}

    static Map<String, String> write(Revocation revocation) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("v", VERSION);
        fields.put("k", revocation.kind().name());
        fields.put("t", revocation.target());
        revocation.issuedBefore().ifPresent(moment -> fields.put("b", Long.toString(moment.toEpochMilli())));
        revocation.forgetAt().ifPresent(moment -> fields.put("f", Long.toString(moment.toEpochMilli())));
        revocation.retainedFrom().ifPresent(moment -> fields.put("r", Long.toString(moment.toEpochMilli())));
        revocation.sender().ifPresent(issuer -> fields.put("i", issuer));
        return fields;
    }

    /** When an entry may be forgotten, even one of a newer version's kind; empty if it does not state it. */
    static Optional<Instant> end(Map<String, String> fields) {
        try {
            return moment(fields.get("f"));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Reads an entry; empty if it is malformed, or of a kind that this version does not know. */
    static Optional<Revocation> read(Map<String, String> fields) {
        try {
            String target = fields.get("t");
            if (!VERSION.equals(fields.get("v")) || fields.get("k") == null || target == null) {
                return Optional.empty();
            }
            Revocation.Kind kind = Revocation.Kind.valueOf(fields.get("k"));
            Optional<Instant> end = moment(fields.get("f"));
            return end.map(known -> new Revocation(
                    kind,
                    target,
                    moment(fields.get("b")),
                    Optional.of(known),
                    moment(fields.get("r")),
                    Revocation.Origin.sentBy(Optional.ofNullable(fields.get("i")))));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(@Nullable String millis) {
        if (millis == null) {
            return Optional.empty();
        }
        long number = Long.parseLong(millis);
        if (number < 0 || number > LATEST.toEpochMilli()) {
            throw new IllegalArgumentException("not a moment");
        }
        return Optional.of(Instant.ofEpochMilli(number));
    }
}
