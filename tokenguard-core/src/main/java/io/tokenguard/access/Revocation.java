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
 * A revocation of tokens before they expire. Names them by a hash only, so that it can be logged, stored and sent without
 * personal data. Immutable.
 *
 * @param kind what it names
 * @param target the hash of what it names: 43 characters of base64url
 * @param issuedBefore only tokens issued before this moment are revoked, and those without {@code iat}; empty for all
 * @param forgetAt when it may be dropped, as all of these tokens have expired; empty if the guard decides that by the
 *     lifetimes that it accepts
 * @param retainedFrom the moment from which the guard's retention counts, if that decides how long tokens are revoked; empty
 *     if {@code forgetAt} does. Set by a guard when it stores a revocation without {@code forgetAt}. Other nodes and later
 *     configurations may have another retention; {@code forgetAt} is then the latest end that any retention allows
 * @param origin who has sent it, and which issuer it is about, as far as that is known
 */
public record Revocation(
        Kind kind,
        String target,
        Optional<Instant> issuedBefore,
        Optional<Instant> forgetAt,
        Optional<Instant> retainedFrom,
        Origin origin) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int HASH_LENGTH = 43;

    /**
     * Where a revocation comes from. Equal to another one of the same sender, as only the sender is stored and sent.
     *
     * <p>The issuer and the name are personal data, and a guard drops them before it stores the revocation.
     *
     * @param sender the issuer that has sent it, by the name that the revocation uses, as the target of
     *     {@link Revocation#issuer}; empty if it came from an application, or from a node of an earlier version. Set by a
     *     guard, so that no issuer can fill the memory of a node
     * @param issuer the issuer whose tokens it revokes, as it was named here; empty if it names none, or came from another
     *     node. A guard refuses a revocation for an issuer that it does not trust
     * @param name the token ID, session, subject, client or thumbprint that it names, beside an issuer; empty if it names an
     *     issuer only, or no issuer
     */
    public record Origin(Optional<String> sender, Optional<String> issuer, Optional<String> name) {
        static final Origin NONE = sentBy(Optional.empty());

        /**
         * Checks the sender.
         *
         * @throws IllegalArgumentException if it is not a hash
         */
        public Origin {
            sender.ifPresent(Revocation::requireHash);
        }

        /** What stores and other nodes know: the sender, as the target of {@link Revocation#issuer}. */
        public static Origin sentBy(Optional<String> sender) {
            return new Origin(sender, Optional.empty(), Optional.empty());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Origin origin && origin.sender.equals(sender);
        }

        @Override
        public int hashCode() {
            return sender.hashCode();
        }

        /** Shows the sender only. */
        @Override
        public String toString() {
            return "Origin[sender=" + sender + "]";
        }
    }

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
     * Checks the target.
     *
     * @throws IllegalArgumentException if the target is not a hash
     */
    public Revocation {
        requireHash(target);
    }

    /** A revocation that no issuer has sent. */
    public Revocation(
            Kind kind,
            String target,
            Optional<Instant> issuedBefore,
            Optional<Instant> forgetAt,
            Optional<Instant> retainedFrom) {
        this(kind, target, issuedBefore, forgetAt, retainedFrom, Origin.NONE);
    }

    /** The issuer that has sent it; see {@link Origin}. */
    public Optional<String> sender() {
        return origin.sender();
    }

    private static void requireHash(String hash) {
        if (hash.length() != HASH_LENGTH || !hash.chars().allMatch(Revocation::isBase64Url)) {
            throw new IllegalArgumentException("the target and the sender of a revocation are SHA-256 in base64url");
        }
    }

    private static boolean isBase64Url(int c) {
        boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Revokes the token with this identifier ({@code jti}). */
    public static Revocation token(String issuer, String tokenId) {
        return of(Kind.TOKEN, issuer, tokenId);
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
     * Revokes a signed token, and all copies of it.
     *
     * @param signed what of it is signed: its header, a dot and its payload as they are written (RFC 7515 §5.1)
     */
    public static Revocation signed(byte[] signed) {
        return of(Kind.FINGERPRINT, hash(Kind.FINGERPRINT, "", signed), Origin.NONE);
    }

    /** Revokes a token by its fingerprint, which {@link #presented} computes; for when the token itself is no longer available. */
    public static Revocation fingerprint(String fingerprint) {
        return new Revocation(Kind.FINGERPRINT, fingerprint, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Revokes all tokens of a session. */
    public static Revocation session(String issuer, String sessionId) {
        return of(Kind.SESSION, issuer, sessionId);
    }

    /** Revokes all tokens of a subject. */
    public static Revocation subject(String issuer, String subject) {
        return of(Kind.SUBJECT, issuer, subject);
    }

    /** Revokes all tokens of a client. */
    public static Revocation client(String issuer, String clientId) {
        return of(Kind.CLIENT, issuer, clientId);
    }

    /** Revokes all tokens of an issuer. */
    public static Revocation issuer(String issuer) {
        return of(Kind.ISSUER, issuer, "");
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
        boolean isOfIssuer = kind != Kind.FINGERPRINT && kind != Kind.KEY_ID && !(kind == Kind.KEY && issuer.isEmpty());
        Origin origin = isOfIssuer
                ? new Origin(
                        Optional.empty(), Optional.of(issuer), Optional.of(name).filter(text -> !text.isEmpty()))
                : Origin.NONE;
        return of(kind, hash(kind, issuer, bytes(name)), origin);
    }

    private static Revocation of(Kind kind, byte[] hash, Origin origin) {
        return new Revocation(
                kind, TEXT.encodeToString(hash), Optional.empty(), Optional.empty(), Optional.empty(), origin);
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

    /** The same, but only for tokens issued before a moment. */
    public Revocation issuedBefore(Instant moment) {
        return new Revocation(kind, target, Optional.of(moment), forgetAt, retainedFrom, origin);
    }

    /** The same, to be dropped at a moment at which all of the tokens have expired. */
    public Revocation until(Instant end) {
        return new Revocation(kind, target, issuedBefore, Optional.of(end), Optional.empty(), origin);
    }

    /**
     * The same, to be kept until {@code end}. The retention of the guard that stores it decides how long tokens are
     * revoked. For guards and stores.
     *
     * @param moment the moment from which the retention counts
     * @param end the latest end that any retention allows
     */
    public Revocation retained(Instant moment, Instant end) {
        return new Revocation(kind, target, issuedBefore, Optional.of(end), Optional.of(moment), origin);
    }

    /** The same, as an issuer has sent it. For guards. */
    public Revocation sentBy(String issuer) {
        return new Revocation(
                kind,
                target,
                issuedBefore,
                forgetAt,
                retainedFrom,
                new Origin(Optional.of(issuer(issuer).target), origin.issuer(), origin.name()));
    }

    /**
     * The same of another name of its issuer, as if sent by that name, without the names in its origin. For guards, which know
     * several names of an issuer; unchanged if it names no issuer, or came from another node.
     */
    public Revocation named(String otherIssuer) {
        if (origin.issuer().isEmpty()) {
            return this;
        }
        byte[] hash = hash(kind, otherIssuer, bytes(origin.name().orElse("")));
        // A guard may replace what a sender has sent by a revocation of the sender's tokens: the names have to be the
        // same.
        Optional<String> sender = origin.sender().map(unused -> issuer(otherIssuer).target);
        return new Revocation(
                kind, TEXT.encodeToString(hash), issuedBefore, forgetAt, retainedFrom, Origin.sentBy(sender));
    }
}
