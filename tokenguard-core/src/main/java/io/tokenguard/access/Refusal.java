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
    private final Map<RefusalField, String> texts;
    private final boolean isVerified;

    private Refusal(Builder parts) {
        reason = parts.reason;
        texts = new EnumMap<>(parts.texts);
        isVerified = parts.isVerified;
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
        return text(RefusalField.DETAIL);
    }

    /** What the request or the token has. */
    public String found() {
        return text(RefusalField.FOUND);
    }

    /** What is accepted. */
    public String expected() {
        return text(RefusalField.EXPECTED);
    }

    /** The keys of the settings that decide. */
    public List<String> settings() {
        String keys = text(RefusalField.SETTINGS);
        return keys.isEmpty() ? List.of() : List.of(keys.split(",", -1));
    }

    /** What is probably wrong, and what to set. */
    public String hint() {
        return text(RefusalField.HINT);
    }

    /** The dialect by which the token was read, if its claims or its type were wrong. */
    public String dialect() {
        return text(RefusalField.DIALECT);
    }

    /**
     * What demanded what the request lacks: a route, a handler of a framework such as a controller's method, or both. Empty if
     * that is not known, or if the request was refused for another reason.
     */
    public String decidedBy() {
        return text(RefusalField.DECIDED_BY);
    }

    /** The identifier of this refusal; sent in the header field {@code TokenGuard-Refusal} unless that is disabled. */
    public String id() {
        return text(RefusalField.ID);
    }

    /** The issuer that the token names. See {@link #isVerified()}. */
    public String issuer() {
        return text(RefusalField.ISSUER);
    }

    /** The key ID that the token names. See {@link #isVerified()}. */
    public String keyId() {
        return text(RefusalField.KEY_ID);
    }

    /** Whether the signature was verified or the token introspected; if not, issuer and key ID can be forged. */
    public boolean isVerified() {
        return isVerified;
    }

    /** The client, once the signature is verified. */
    public String clientId() {
        return text(RefusalField.CLIENT_ID);
    }

    /** The subject, once the signature is verified; shown, hashed or omitted by {@code tokenguard.audit.subject}. */
    public String subject() {
        return text(RefusalField.SUBJECT);
    }

    /** The token's own identifier, {@code jti}, once the signature is verified. */
    public String tokenId() {
        return text(RefusalField.TOKEN_ID);
    }

    /** The beginning of the token's hash, after decryption: the same in all events of one token; it is not usable as a token. */
    public String tokenFingerprint() {
        return text(RefusalField.TOKEN_FINGERPRINT);
    }

    /** The beginning of the hash of the encrypted token, decrypted or not; empty if the token is not encrypted. */
    public String encryptedFingerprint() {
        return text(RefusalField.ENCRYPTED_FINGERPRINT);
    }

    /** The request's method. */
    public String method() {
        return text(RefusalField.METHOD);
    }

    /** The request's path as the client sent it, without its query. */
    public String path() {
        return text(RefusalField.PATH);
    }

    /**
     * Where the credentials are, if not in the {@code Authorization} field: {@code cookie}, {@code field} for a field that a proxy
     * adds, or {@code subprotocol} of a WebSocket.
     */
    public String place() {
        return text(RefusalField.PLACE);
    }

    /** The numeric address of the client; behind trusted proxies, the address that they forward. */
    public String clientAddress() {
        return text(RefusalField.CLIENT_ADDRESS);
    }

    /** The trace that the request belongs to. */
    public String traceId() {
        return text(RefusalField.TRACE_ID);
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
                fields.put(field.key(isVerified), text);
            }
        });
        return Collections.unmodifiableMap(fields);
    }

    private String text(RefusalField field) {
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
        private final Map<RefusalField, String> texts = new EnumMap<>(RefusalField.class);
        private boolean isVerified;

        private Builder(RefusalReason reason) {
            this.reason = reason;
        }

        private Builder with(RefusalField field, String text) {
            texts.put(field, text);
            return this;
        }

        /** Sets the rule; a constant of the code. */
        public Builder detail(String rule) {
            return with(RefusalField.DETAIL, rule);
        }

        /** Sets what was found, what was expected, the settings and the hint. */
        public Builder finding(Finding finding) {
            return with(RefusalField.FOUND, finding.found())
                    .with(RefusalField.EXPECTED, finding.expected())
                    .with(RefusalField.SETTINGS, String.join(",", finding.settings()))
                    .with(RefusalField.HINT, finding.hint());
        }

        /** Sets the dialect. */
        public Builder dialect(String name) {
            return with(RefusalField.DIALECT, name);
        }

        /** Sets what demanded what the request lacks. */
        public Builder decidedBy(String routeOrHandler) {
            return with(RefusalField.DECIDED_BY, routeOrHandler);
        }

        /** Sets the identifier of the refusal. */
        public Builder id(String identifier) {
            return with(RefusalField.ID, identifier);
        }

        /** Sets the issuer. */
        public Builder issuer(String name) {
            return with(RefusalField.ISSUER, name);
        }

        /** Sets the key ID. */
        public Builder keyId(String id) {
            return with(RefusalField.KEY_ID, id);
        }

        /** Sets whether the token is verified; false by default. */
        public Builder verified(boolean isSo) {
            isVerified = isSo;
            return this;
        }

        /** Sets where the credentials are. */
        public Builder place(String cookieOrField) {
            return with(RefusalField.PLACE, cookieOrField);
        }

        /** Sets the client. */
        public Builder clientId(String id) {
            return with(RefusalField.CLIENT_ID, id);
        }

        /** Sets the subject. */
        public Builder subject(String name) {
            return with(RefusalField.SUBJECT, name);
        }

        /** Sets the token's {@code jti} and the beginning of its hash. */
        public Builder token(String tokenId, String fingerprint) {
            return with(RefusalField.TOKEN_ID, tokenId).with(RefusalField.TOKEN_FINGERPRINT, fingerprint);
        }

        /** Sets the beginning of the hash of the encrypted token. */
        public Builder encryptedToken(String fingerprint) {
            return with(RefusalField.ENCRYPTED_FINGERPRINT, fingerprint);
        }

        /** Sets method and path of the request. */
        public Builder request(String requestMethod, String requestPath) {
            return with(RefusalField.METHOD, requestMethod).with(RefusalField.PATH, requestPath);
        }

        /** Sets the client's address and the trace of the request. */
        public Builder origin(String clientAddress, String traceId) {
            return with(RefusalField.CLIENT_ADDRESS, clientAddress).with(RefusalField.TRACE_ID, traceId);
        }

        /** The refusal. */
        public Refusal build() {
            return new Refusal(this);
        }
    }
}
