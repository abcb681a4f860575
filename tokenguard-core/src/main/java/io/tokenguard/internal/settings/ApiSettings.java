package io.tokenguard.internal.settings;

/**
 * What is protected.
 *
 * @param access which requests need what
 * @param resource how the API describes itself
 * @param requests which requests are read, and how
 * @param answers how requests are answered
 */
public record ApiSettings(
        AccessSettings access, ResourceSettings resource, RequestSettings requests, AnswerSettings answers) {}
