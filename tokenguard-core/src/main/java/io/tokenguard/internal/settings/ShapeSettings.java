package io.tokenguard.internal.settings;

import java.util.List;

/**
 * How the access tokens of one issuer look where that differs from their dialect; an empty list stands for the dialect's.
 *
 * @param marker conditions of which one holds in access tokens only
 * @param acceptsIdTokens whether ID tokens are accepted
 * @param audience claims that name the recipients, the first that is present
 * @param subject claims that name the subject, the first that is present
 * @param client claims that name the client
 * @param subjectKind {@code client}, or conditions of which one holds if the client acts for itself
 */
public record ShapeSettings(
        List<String> marker,
        boolean acceptsIdTokens,
        List<String> audience,
        List<String> subject,
        List<String> client,
        List<String> subjectKind) {}
