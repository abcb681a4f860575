package io.tokenguard.internal.settings;

import java.util.List;

/**
 * How the access tokens of one issuer differ from their dialect; an empty list means as in the dialect.
 *
 * @param marker conditions of which one holds in access tokens only
 * @param acceptsIdTokens whether ID tokens are accepted
 * @param audience claims with the recipients; the first present one is used
 * @param subject claims with the subject; the first present one is used
 * @param client claims with the client
 * @param subjectKind {@code client}, or conditions of which one holds if the client acts for itself
 */
public record ShapeSettings(
        List<String> marker,
        boolean acceptsIdTokens,
        List<String> audience,
        List<String> subject,
        List<String> client,
        List<String> subjectKind) {}
