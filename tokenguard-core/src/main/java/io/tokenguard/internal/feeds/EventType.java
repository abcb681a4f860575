package io.tokenguard.internal.feeds;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events after which tokens are not good any longer. Others say nothing of tokens that were issued: an identifier such as
 * an address of mail that changes hands is no subject here, and what a weaker device or assurance is worth, rules over claims
 * tell.
 */
enum EventType {
    /** CAEP 1.0 §3.1. */
    SESSION_REVOKED(Profile.CAEP, "session-revoked"),
    /** CAEP 1.0 §3.2: what was issued says what is true no more. */
    TOKEN_CLAIMS_CHANGE(Profile.CAEP, "token-claims-change"),
    /** CAEP 1.0 §3.3. */
    CREDENTIAL_CHANGE(Profile.CAEP, "credential-change"),
    /** RISC 1.0 §2.1. */
    ACCOUNT_CREDENTIAL_CHANGE_REQUIRED(Profile.RISC, "account-credential-change-required"),
    /** RISC 1.0 §2.2. */
    ACCOUNT_PURGED(Profile.RISC, "account-purged"),
    /** RISC 1.0 §2.3. */
    ACCOUNT_DISABLED(Profile.RISC, "account-disabled"),
    /** RISC 1.0 §2.7. */
    CREDENTIAL_COMPROMISE(Profile.RISC, "credential-compromise"),
    /** RISC 1.0 §2: all of a subject; CAEP has it for single sessions. */
    SESSIONS_REVOKED(Profile.RISC, "sessions-revoked"),
    /** OAuth Event Types 1.0 §3.3: all of a subject. */
    TOKENS_REVOKED(Profile.OAUTH, "tokens-revoked");

    private final String address;

    EventType(String profile, String name) {
        this.address = profile + name;
    }

    private static final class Profile {
        private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
        private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
        private static final String OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/";
        private static final String SIGNALS = "https://schemas.openid.net/secevent/ssf/event-type/";
    }

    static Optional<EventType> of(String address) {
        return Arrays.stream(values())
                .filter(type -> type.address.equals(address))
                .findFirst();
    }

    /** Whether it is about the stream itself, and nobody has to do anything about it (Shared Signals 1.0 §8.1.4, §8.1.5). */
    static boolean isHousekeeping(String address) {
        return Stream.of("verification", "stream-updated").anyMatch(name -> address.equals(Profile.SIGNALS + name));
    }

    /** Whether an event of this type withdraws tokens: one credential more does not (CAEP 1.0 §3.3). */
    boolean withdraws(Map<String, @Nullable Object> payload) {
        return this != CREDENTIAL_CHANGE || !"create".equals(payload.get("change_type"));
    }

    /** Whether its subject may be a session that is named by nothing but an identifier. */
    boolean isOfSessions() {
        return this == SESSION_REVOKED;
    }
}
