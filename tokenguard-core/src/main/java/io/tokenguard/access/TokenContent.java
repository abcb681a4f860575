package io.tokenguard.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of an access token that its issuer states and that no configuration interprets. */
record TokenContent(
        String issuer,
        Optional<String> subject,
        Optional<String> clientId,
        AccessToken.SubjectKind subjectKind,
        Instant expiresAt,
        Map<String, @Nullable Object> claims) {}
