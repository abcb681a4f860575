package io.tokenguard.access;

import io.tokenguard.access.AccessToken.SubjectKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of an access token that its issuer states and that no configuration interprets. */
record TokenContent(
        String issuer,
        Optional<String> subject,
        Optional<String> clientId,
        SubjectKind subjectKind,
        Instant expiresAt,
        Map<String, @Nullable Object> claims) {
    /** The content of a client's token that has no claims and never expires. */
    static TokenContent of(String issuer) {
        return new TokenContent(issuer, Optional.empty(), Optional.empty(), SubjectKind.CLIENT, Instant.MAX, Map.of());
    }

    TokenContent withSubject(String name) {
        return new TokenContent(issuer, Optional.of(name), clientId, SubjectKind.USER, expiresAt, claims);
    }

    TokenContent withClientId(String id) {
        return new TokenContent(issuer, subject, Optional.of(id), subjectKind, expiresAt, claims);
    }

    TokenContent withSubjectKind(SubjectKind kind) {
        return new TokenContent(issuer, subject, clientId, kind, expiresAt, claims);
    }

    TokenContent withExpiresAt(Instant expiry) {
        return new TokenContent(issuer, subject, clientId, subjectKind, expiry, claims);
    }

    TokenContent withClaims(Map<String, @Nullable Object> members) {
        return new TokenContent(issuer, subject, clientId, subjectKind, expiresAt, members);
    }
}
