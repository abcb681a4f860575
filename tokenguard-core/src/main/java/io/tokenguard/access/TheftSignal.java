package io.tokenguard.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign that someone other than the owner uses a token or its key. Not a proof of theft.
 *
 * <p>Texts are truncated and escaped. They are empty if unknown. The token is not part of it. Immutable.
 */
public final class TheftSignal {
    private final Kind kind;
    private final int count;
    private final String explanation;
    private final String fingerprint;
    private final String issuer;
    private final String clientId;
    private final String subject;
    private final boolean isRevoked;

    /** The kinds of signs. */
    public enum Kind {
        /** An unbound token was used from many networks. */
        MANY_NETWORKS,
        /** An unbound token was used by many kinds of client programs ({@code User-Agent}). */
        MANY_AGENTS,
        /** A token bound to a key was used with many proofs that were refused, or without a proof (RFC 9449 §7.2). */
        REFUSED_PROOFS,
        /** A proof was used a second time (RFC 9449 §11.1). */
        REPLAYED_PROOF,
        /** A request is unusual for its subject, by what {@code TheftDetection.Baseline} has learned. */
        UNUSUAL_USE
    }

    private TheftSignal(Builder parts) {
        kind = parts.kind;
        count = parts.count;
        explanation = parts.explanation;
        fingerprint = parts.fingerprint;
        issuer = parts.issuer;
        clientId = parts.clientId;
        subject = parts.subject;
        isRevoked = parts.isRevoked;
    }

    /**
     * Starts a signal, such as for the test of an observer. Every text is empty by default.
     *
     * @param kind what was seen
     * @param count how often, or how many different networks or agents, within the window of {@code TheftDetection}
     */
    public static Builder builder(Kind kind, int count) {
        return new Builder(kind, count);
    }

    /** What was seen. */
    public Kind kind() {
        return kind;
    }

    /**
     * How often it was seen, or how many different networks or agents, within the window of {@code TheftDetection}; the score
     * from 1 to 100 of {@link Kind#UNUSUAL_USE}.
     */
    public int count() {
        return count;
    }

    /**
     * Why a use is unusual, such as {@code first request ever from this network, 40 times the usual rate}. Holds no value of
     * the request. Empty for other kinds.
     */
    public String explanation() {
        return explanation;
    }

    /** The token's fingerprint, by which {@link Revocation#fingerprint} revokes it. */
    public String fingerprint() {
        return fingerprint;
    }

    /** The issuer. */
    public String issuer() {
        return issuer;
    }

    /** The client that the token was issued to. */
    public String clientId() {
        return clientId;
    }

    /** The subject. */
    public String subject() {
        return subject;
    }

    /** Whether the token was revoked because of this signal, and the revocation is stored. */
    public boolean isRevoked() {
        return isRevoked;
    }

    private List<Object> values() {
        return List.of(kind, count, explanation, fingerprint, issuer, clientId, subject, isRevoked);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TheftSignal that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** Shows only the kind. */
    @Override
    public String toString() {
        return "TheftSignal[" + kind + "]";
    }

    /** Builds a signal. Escapes nothing; not thread-safe. */
    public static final class Builder {
        private final Kind kind;
        private final int count;
        private String explanation = "";
        private String fingerprint = "";
        private String issuer = "";
        private String clientId = "";
        private String subject = "";
        private boolean isRevoked;

        private Builder(Kind kind, int count) {
            this.kind = kind;
            this.count = count;
        }

        /** Sets why a use is unusual. */
        public Builder explanation(String reasons) {
            explanation = reasons;
            return this;
        }

        /** Sets the token's fingerprint. */
        public Builder fingerprint(String hash) {
            fingerprint = hash;
            return this;
        }

        /** Sets the issuer. */
        public Builder issuer(String name) {
            issuer = name;
            return this;
        }

        /** Sets the client. */
        public Builder clientId(String id) {
            clientId = id;
            return this;
        }

        /** Sets the subject. */
        public Builder subject(String name) {
            subject = name;
            return this;
        }

        /** Sets whether the token was revoked because of this signal; false by default. */
        public Builder revoked(boolean isStored) {
            isRevoked = isStored;
            return this;
        }

        /** The signal. */
        public TheftSignal build() {
            return new TheftSignal(this);
        }
    }
}
