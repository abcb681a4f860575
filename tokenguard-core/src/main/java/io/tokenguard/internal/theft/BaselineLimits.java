package io.tokenguard.internal.theft;

/**
 * How much is learned.
 *
 * @param learningDays on how many days a subject is observed before it is compared
 * @param suspicious the score from which a request teaches next to nothing
 * @param perIssuer how many subjects of one issuer are remembered
 */
public record BaselineLimits(int learningDays, int suspicious, int perIssuer) {}
