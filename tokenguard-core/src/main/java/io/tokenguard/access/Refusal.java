package io.tokenguard.access;

import io.tokenguard.access.RefusedException.Finding;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, as the operator sees it.
 *
 * <p>Texts from the request are truncated and escaped. They are empty if unknown. The token is not part of it. Immutable.
 */
public final class Refusal {
    private final RefusalReason reason;
    private final Map<Field, String> texts;
    private final boolean isVerified;

    private Refusal(Builder parts) {
        reason = parts.reason;
        texts = new EnumMap<>(parts.texts);
        isVerified = parts.isVerified;
    }

    /** The parts, in the order and under the names of the audit event. */
    private enum Field {
        DETAIL("detail"),
        FOUND("found"),
        EXPECTED("expected"),
        SETTINGS("settings"),
        HINT("hint"),
        DIALECT("dialect"),
        DECIDED_BY("decided_by"),
        ID("id"),
        METHOD("method"),
        PATH("path"),
        CLIENT_ADDRESS("client_address"),
        TRACE_ID("trace_id"),
        ISSUER("issuer"),
        KEY_ID("kid"),
        CLIENT_ID("client"),
        SUBJECT("subject"),
        TOKEN_ID("jti"),
        TOKEN_FINGERPRINT("token"),
        ENCRYPTED_FINGERPRINT("encrypted_token");

        private final String key;

        Field(String key) {
            this.key = key;
        }
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
        return text(Field.DETAIL);
    }

    /** What the request or the token has. */
    public String found() {
        return text(Field.FOUND);
    }

    /** What is accepted. */
    public String expected() {
        return text(Field.EXPECTED);
    }

    /** The keys of the settings that decide. */
    public List<String> settings() {
        String keys = text(Field.SETTINGS);
        return keys.isEmpty() ? List.of() : List.of(keys.split(",", -1));
    }

    /** What is probably wrong, and what to set. */
    public String hint() {
        return text(Field.HINT);
    }

    /** The dialect by which the token was read, if its claims or its type were wrong. */
    public String dialect() {
        return text(Field.DIALECT);
    }

    /**
     * What demanded what the request lacks: a route, a handler of a framework such as a controller's method, or both. Empty if
     * that is not known, or if the request was refused for another reason.
     */
    public String decidedBy() {
        return text(Field.DECIDED_BY);
    }

    /** The identifier of this refusal; sent in the header field {@code TokenGuard-Refusal} unless that is disabled. */
    public String id() {
        return text(Field.ID);
    }

    /** The issuer that the token names. See {@link #isVerified()}. */
    public String issuer() {
        return text(Field.ISSUER);
    }

    /** The key ID that the token names. See {@link #isVerified()}. */
    public String keyId() {
        return text(Field.KEY_ID);
    }

    /** Whether the signature was verified or the token introspected; if not, issuer and key ID can be forged. */
    public boolean isVerified() {
        return isVerified;
    }

    /** The client, once the signature is verified. */
    public String clientId() {
        return text(Field.CLIENT_ID);
    }

    /** The subject, once the signature is verified; shown, hashed or omitted by {@code tokenguard.audit.subject}. */
    public String subject() {
        return text(Field.SUBJECT);
    }

    /** The token's own identifier, {@code jti}, once the signature is verified. */
    public String tokenId() {
        return text(Field.TOKEN_ID);
    }

    /** The beginning of the token's hash, after decryption: the same in all events of one token; it is not usable as a token. */
    public String tokenFingerprint() {
        return text(Field.TOKEN_FINGERPRINT);
    }

    /** The beginning of the hash of the encrypted token, decrypted or not; empty if the token is not encrypted. */
    public String encryptedFingerprint() {
        return text(Field.ENCRYPTED_FINGERPRINT);
    }

    /** The request's method. */
    public String method() {
        return text(Field.METHOD);
    }

    /** The request's path as the client sent it, without its query. */
    public String path() {
        return text(Field.PATH);
    }

    /** The numeric address of the client; behind trusted proxies, the address that they forward. */
    public String clientAddress() {
        return text(Field.CLIENT_ADDRESS);
    }

    /** The trace that the request belongs to. */
    public String traceId() {
        return text(Field.TRACE_ID);
    }

    /**
     * The event, field by field, in the order of {@code docs/audit.md}. Empty fields are left out. Issuer and key ID are
     * named {@code unverified.iss} and {@code unverified.kid} if the signature was not verified.
     */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("reason", reason.name());
        fields.put("stage", reason.stage().name());
        fields.put("status", String.valueOf(reason.status()));
        texts.forEach((field, text) -> {
            if (!text.isEmpty()) {
                fields.put(nameOf(field), text);
            }
        });
        return Collections.unmodifiableMap(fields);
    }

    private String nameOf(Field field) {
        return switch (field) {
            case ISSUER -> isVerified ? field.key : "unverified.iss";
            case KEY_ID -> isVerified ? field.key : "unverified.kid";
            default -> field.key;
        };
    }

    private String text(Field field) {
        return texts.getOrDefault(field, "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refusal that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** Shows only the reason. */
    @Override
    public String toString() {
        return "Refusal[" + reason + "]";
    }

    /** Builds a refusal. Escapes nothing; not thread-safe. */
    public static final class Builder {
        private final RefusalReason reason;
        private final Map<Field, String> texts = new EnumMap<>(Field.class);
        private boolean isVerified;

        private Builder(RefusalReason reason) {
            this.reason = reason;
        }

        private Builder with(Field field, String text) {
            texts.put(field, text);
            return this;
        }

        /** Sets the rule; a constant of the code. */
        public Builder detail(String rule) {
            return with(Field.DETAIL, rule);
        }

        /** Sets what was found, what was expected, the settings and the hint. */
        public Builder finding(Finding finding) {
            return with(Field.FOUND, finding.found())
                    .with(Field.EXPECTED, finding.expected())
                    .with(Field.SETTINGS, String.join(",", finding.settings()))
                    .with(Field.HINT, finding.hint());
        }

        /** Sets the dialect. */
        public Builder dialect(String name) {
            return with(Field.DIALECT, name);
        }

        /** Sets what demanded what the request lacks. */
        public Builder decidedBy(String routeOrHandler) {
            return with(Field.DECIDED_BY, routeOrHandler);
        }

        /** Sets the identifier of the refusal. */
        public Builder id(String identifier) {
            return with(Field.ID, identifier);
        }

        /** Sets the issuer. */
        public Builder issuer(String name) {
            return with(Field.ISSUER, name);
        }

        /** Sets the key ID. */
        public Builder keyId(String id) {
            return with(Field.KEY_ID, id);
        }

        /** Sets whether the token is verified; false by default. */
        public Builder verified(boolean isSo) {
            isVerified = isSo;
            return this;
        }

        /** Sets the client. */
        public Builder clientId(String id) {
            return with(Field.CLIENT_ID, id);
        }

        /** Sets the subject. */
        public Builder subject(String name) {
            return with(Field.SUBJECT, name);
        }

        /** Sets the token's {@code jti} and the beginning of its hash. */
        public Builder token(String tokenId, String fingerprint) {
            return with(Field.TOKEN_ID, tokenId).with(Field.TOKEN_FINGERPRINT, fingerprint);
        }

        /** Sets the beginning of the hash of the encrypted token. */
        public Builder encryptedToken(String fingerprint) {
            return with(Field.ENCRYPTED_FINGERPRINT, fingerprint);
        }

        /** Sets method and path of the request. */
        public Builder request(String requestMethod, String requestPath) {
            return with(Field.METHOD, requestMethod).with(Field.PATH, requestPath);
        }

        /** Sets the client's address and the trace of the request. */
        public Builder origin(String clientAddress, String traceId) {
            return with(Field.CLIENT_ADDRESS, clientAddress).with(Field.TRACE_ID, traceId);
        }

        /** The refusal. */
        public Refusal build() {
            return new Refusal(this);
        }
    }
}
