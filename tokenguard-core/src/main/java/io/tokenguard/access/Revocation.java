package io.tokenguard.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawal of tokens before their time is over. It names whom it hits by a hash only, so that it can be logged, stored
 * and sent without telling of anybody. Immutable.
 *
 * @param kind what it names
 * @param target the hash of what it names: 43 characters of base64url
 * @param issuedBefore the moment before which a token must have been issued to be hit; empty where all are. A token that
 *     does not say when it was issued is hit
 * @param forgetAt when it may be forgotten: no token that it hits is good any longer then; empty where the guard is to
 *     find out by the lifetimes that it accepts
 * @param retainedFrom the moment from which the guard's retention counts, if that decides how long tokens are hit; empty if
 *     {@code forgetAt} does. Set by a guard when it takes in a revocation without {@code forgetAt}, and needed by the other
 *     nodes and later configurations, whose retention may be another; {@code forgetAt} is then the latest end that any
 *     retention allows
 * @param issuer the hash of the issuer whose tokens it withdraws: the target of {@link #issuer}; empty if it names none or if
 *     that is not known, as after it was stored. Not compared by {@link #equals}
 */
public record Revocation(
        Kind kind,
        String target,
        Optional<Instant> issuedBefore,
        Optional<Instant> forgetAt,
        Optional<Instant> retainedFrom,
        Optional<String> issuer) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int HASH_LENGTH = 43;

    /** What a revocation can name. */
    public enum Kind {
        /** One token, by its identifier ({@code jti}, RFC 7519 §4.1.7). */
        TOKEN,
        /** One token, by what of it is signed. */
        FINGERPRINT,
        /** All tokens of a session ({@code sid}, OpenID Connect Back-Channel Logout 1.0 §2.1). */
        SESSION,
        /** All tokens of a subject ({@code sub}). */
        SUBJECT,
        /** All tokens of a client ({@code client_id}). */
        CLIENT,
        /** All tokens of an issuer. */
        ISSUER,
        /** All tokens signed with a key of this key ID ({@code kid}), from any issuer. */
        KEY_ID,
        /** All tokens signed with a public key, by its thumbprint (RFC 7638), under whatever key ID. */
        KEY
    }

    /**
     * Checks the hash.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Revocation {
        if (target.length() != HASH_LENGTH || !target.chars().allMatch(Revocation::isBase64Url)) {
            throw new IllegalArgumentException("the target of a revocation is a SHA-256 in base64url");
        }
    }

    /**
     * Makes a revocation whose issuer is not known, as stores hold it.
     *
     * @throws IllegalArgumentException if the target is no hash
     */
    public Revocation(
            Kind kind,
            String target,
            Optional<Instant> issuedBefore,
            Optional<Instant> forgetAt,
            Optional<Instant> retainedFrom) {
        this(kind, target, issuedBefore, forgetAt, retainedFrom, Optional.empty());
    }

    private static boolean isBase64Url(int c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Withdraws the token of an identifier. */
    public static Revocation token(String issuer, String tokenId) {
        return ofIssuer(Kind.TOKEN, issuer, tokenId);
    }

    /**
     * Revokes one token by its text, whether it has an identifier or not. Of a signed token, all copies are revoked, whatever
     * their signature: anyone can make a second valid ECDSA signature from the first. Any other token counts as a whole.
     *
     * @param token the token as a request carries it. The scheme ({@code Bearer} or {@code DPoP}, in any case) may stand before
     *     it, and white space around it
     * @throws IllegalArgumentException if what is left is empty, or has white space or another character that no token has
     *     (RFC 6750 §2.1)
     */
    public static Revocation presented(String token) {
        return of(Kind.FINGERPRINT, "", TokenText.identity(token));
    }

    /**
     * Withdraws a signed token that is at hand, and all copies of it.
     *
     * @param signed what of it is signed: its header, a dot and its payload as they are written (RFC 7515 §5.1)
     */
    public static Revocation signed(byte[] signed) {
        return of(Kind.FINGERPRINT, hash(Kind.FINGERPRINT, "", signed));
    }

    /** Withdraws a token by its fingerprint: what {@link #presented} names, where the token itself is gone. */
    public static Revocation fingerprint(String fingerprint) {
        return new Revocation(Kind.FINGERPRINT, fingerprint, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Withdraws all tokens of a session. */
    public static Revocation session(String issuer, String sessionId) {
        return ofIssuer(Kind.SESSION, issuer, sessionId);
    }

    /** Withdraws all tokens of a subject. */
    public static Revocation subject(String issuer, String subject) {
        return ofIssuer(Kind.SUBJECT, issuer, subject);
    }

    /** Withdraws all tokens of a client. */
    public static Revocation client(String issuer, String clientId) {
        return ofIssuer(Kind.CLIENT, issuer, clientId);
    }

    /** Withdraws all tokens of an issuer. */
    public static Revocation issuer(String issuer) {
        return ofIssuer(Kind.ISSUER, issuer, "");
    }

    /** Bans a key ID ({@code kid}), whichever issuer publishes it. */
    public static Revocation keyId(String keyId) {
        return of(Kind.KEY_ID, "", keyId);
    }

    /**
     * Bans a public key, whatever its key ID is and whichever issuer publishes it.
     *
     * @param thumbprint the key's JWK thumbprint with SHA-256 (RFC 7638): 43 characters of base64url
     */
    public static Revocation key(String thumbprint) {
        return of(Kind.KEY, "", thumbprint);
    }

    /**
     * Bans a public key as a key of one issuer, whatever its key ID is.
     *
     * @param thumbprint as for {@link #key}
     */
    public static Revocation keyOf(String issuer, String thumbprint) {
        return of(Kind.KEY, issuer, thumbprint);
    }

    private static Revocation of(Kind kind, String issuer, String name) {
        return of(kind, hash(kind, issuer, bytes(name)));
    }

    private static Revocation ofIssuer(Kind kind, String issuer, String name) {
        String target = TEXT.encodeToString(hash(kind, issuer, bytes(name)));
        String issuerHash = TEXT.encodeToString(hash(Kind.ISSUER, issuer, new byte[0]));
        return new Revocation(
                kind, target, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(issuerHash));
    }

    private static Revocation of(Kind kind, byte[] hash) {
        return new Revocation(kind, TEXT.encodeToString(hash), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Lengths go before the texts, so that no two pairs of an issuer and a name are the same bytes. */
    private static byte[] hash(Kind kind, String issuer, byte[] name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : List.of(bytes(kind.name()), bytes(issuer), name)) {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same, but only for what was issued before a moment. */
    public Revocation issuedBefore(Instant moment) {
        return new Revocation(kind, target, Optional.of(moment), forgetAt, retainedFrom, issuer);
    }

    /** The same, to be forgotten at a moment at which none of the tokens is good any longer. */
    public Revocation until(Instant end) {
        return new Revocation(kind, target, issuedBefore, Optional.of(end), Optional.empty(), issuer);
    }

    /**
     * The same, to be kept until {@code end}; how long it hits tokens is decided by the retention of the guard that holds
     * it. For guards and stores.
     *
     * @param moment the moment from which the retention counts
     * @param end the latest end that any retention allows
     */
    public Revocation retained(Instant moment, Instant end) {
        return new Revocation(kind, target, issuedBefore, Optional.of(end), Optional.of(moment), issuer);
    }

    /** Whether both withdraw the same tokens for the same time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Revocation same
                && kind == same.kind
                && target.equals(same.target)
                && issuedBefore.equals(same.issuedBefore)
                && forgetAt.equals(same.forgetAt)
                && retainedFrom.equals(same.retainedFrom);
    }

    @Override
    public int hashCode() {
        return target.hashCode();
    }
}
