package io.tokenguard.internal.settings;

/**
 * The settings of the protected API.
 *
 * @param access the requirements of requests
 * @param resource the API's description
 * @param requests which requests are read, and how
 * @param answers how requests are answered
 * @param limits which requests are too many
 * @param policies named lists, and what is denied whatever the routes allow
 */
public record ApiSettings(
        AccessSettings access,
        ResourceSettings resource,
        RequestSettings requests,
        AnswerSettings answers,
        LimitSettings limits,
        PolicySettings policies) {}
