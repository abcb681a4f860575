package io.tokenguard.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, as the operator sees it.
 *
 * <p>Texts from the request are truncated and escaped. They are empty if unknown. The token is not part of it. Immutable.
 */
public final class Refusal {
    private final RefusalReason reason;
    private final String detail;
    private final String issuer;
    private final String keyId;
    private final String clientId;
    private final String subject;
    private final String method;
    private final String path;

    private Refusal(Builder parts) {
        reason = parts.reason;
        detail = parts.detail;
        issuer = parts.issuer;
        keyId = parts.keyId;
        clientId = parts.clientId;
        subject = parts.subject;
        method = parts.method;
        path = parts.path;
    }

    /** Starts a refusal, such as for the test of an observer. Every text is empty by default. */
    public static Builder builder(RefusalReason reason) {
        return new Builder(reason);
    }

    /** Why the request was refused. */
    public RefusalReason reason() {
        return reason;
    }

    /** The rule, if the reason covers several; a constant of the code. */
    public String detail() {
        return detail;
    }

    /** The issuer that the token names; not verified before {@link RefusalReason.Stage#CLAIMS}. */
    public String issuer() {
        return issuer;
    }

    /** The key ID that the token names. */
    public String keyId() {
        return keyId;
    }

    /** The client, once the signature is verified. */
    public String clientId() {
        return clientId;
    }

    /** The subject, once the signature is verified. */
    public String subject() {
        return subject;
    }

    /** The request's method. */
    public String method() {
        return method;
    }

    /** The request's path, without its query. */
    public String path() {
        return path;
    }

    private List<Object> values() {
        return List.of(reason, detail, issuer, keyId, clientId, subject, method, path);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refusal that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** Shows only the reason. */
    @Override
    public String toString() {
        return "Refusal[" + reason + "]";
    }

    /** Builds a refusal. Escapes nothing; not thread-safe. */
    public static final class Builder {
        private final RefusalReason reason;
        private String detail = "";
        private String issuer = "";
        private String keyId = "";
        private String clientId = "";
        private String subject = "";
        private String method = "";
        private String path = "";

        private Builder(RefusalReason reason) {
            this.reason = reason;
        }

        /** Sets the rule; a constant of the code. */
        public Builder detail(String rule) {
            detail = rule;
            return this;
        }

        /** Sets the issuer. */
        public Builder issuer(String name) {
            issuer = name;
            return this;
        }

        /** Sets the key ID. */
        public Builder keyId(String id) {
            keyId = id;
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

        /** Sets method and path of the request. */
        public Builder request(String requestMethod, String requestPath) {
            method = requestMethod;
            path = requestPath;
            return this;
        }

        /** The refusal. */
        public Refusal build() {
            return new Refusal(this);
        }
    }
}
