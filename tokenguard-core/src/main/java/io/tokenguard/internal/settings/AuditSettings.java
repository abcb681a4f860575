package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.util.Optional;

/**
 * What the audit log shows.
 *
 * @param linesPerSecond how many lines a second it has of each event and reason
 * @param subjects how it shows subjects
 * @param subjectSecret what subjects are hashed with; empty unless they are
 * @param hasRefusalIds whether answers carry the identifier of their refusal
 */
public record AuditSettings(
        int linesPerSecond, Subjects subjects, Optional<String> subjectSecret, boolean hasRefusalIds) {
    /** The defaults. */
    public static final AuditSettings USUAL = new AuditSettings(50, Subjects.RAW, Optional.empty(), true);

    private static final int SHORTEST_SECRET = 32;

    /** How subjects are shown. */
    public enum Subjects {
        /** As they are. */
        RAW,
        /** By a keyed hash. */
        HASH,
        /** Not at all. */
        NONE
    }

    /** The same with another limit. */
    public AuditSettings linesPerSecond(int lines) {
        int checked = Bounds.between("tokenguard.audit.max-lines-per-second", lines, 1, 100_000);
        return new AuditSettings(checked, subjects, subjectSecret, hasRefusalIds);
    }

    /** The same with subjects shown in another way. */
    public AuditSettings subjects(Subjects chosen) {
        return new AuditSettings(linesPerSecond, chosen, subjectSecret, hasRefusalIds);
    }

    /** The same with a secret for hashes. */
    public AuditSettings subjectSecret(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw ConfigurationException.because(
                    "tokenguard.audit.subject-secret",
                    "has " + secret.length() + " characters",
                    "use at least " + SHORTEST_SECRET + " random characters, the same on all nodes");
        }
        return new AuditSettings(linesPerSecond, subjects, Optional.of(secret), hasRefusalIds);
    }

    /** The same with or without identifiers in answers. */
    public AuditSettings refusalIds(boolean areSent) {
        return new AuditSettings(linesPerSecond, subjects, subjectSecret, areSent);
    }

    /** Requires a secret exactly if it is used. */
    void check() {
        if (subjects == Subjects.HASH && subjectSecret.isEmpty()) {
            throw ConfigurationException.missing(
                    "tokenguard.audit.subject-secret",
                    "tokenguard.audit.subject is 'hash'; set at least " + SHORTEST_SECRET
                            + " random characters, the same on all nodes");
        }
        if (subjects != Subjects.HASH && subjectSecret.isPresent()) {
            throw ConfigurationException.because(
                    "tokenguard.audit.subject-secret",
                    "is set, and not used",
                    "set tokenguard.audit.subject to hash, or remove the secret");
        }
    }

    /** Shows nothing of the secret. */
    @Override
    public String toString() {
        return "AuditSettings[" + linesPerSecond + ", " + subjects + "]";
    }
}
