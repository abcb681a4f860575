package io.tokenguard.internal.feeds;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events that revoke tokens. Other events do not concern issued tokens: an identifier that changes hands, such as an
 * email address, is no subject here, and rules on claims decide about weaker devices or assurance levels.
 */
enum EventType {
    /** CAEP 1.0 §3.1. */
    SESSION_REVOKED(Profile.CAEP, "session-revoked"),
    /** CAEP 1.0 §3.2: claims in issued tokens are no longer true. */
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
    /** RISC 1.0 §2: all sessions of a subject; CAEP has it for single sessions. */
    SESSIONS_REVOKED(Profile.RISC, "sessions-revoked"),
    /** OAuth Event Types 1.0 §3.3: all tokens of a subject. */
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

    /** Whether it is about the stream itself and needs no action (Shared Signals 1.0 §8.1.4, §8.1.5). */
    static boolean isHousekeeping(String address) {
        return Stream.of("verification", "stream-updated").anyMatch(name -> address.equals(Profile.SIGNALS + name));
    }

    /** Whether an event of this type revokes tokens: an additional credential does not (CAEP 1.0 §3.3). */
    boolean withdraws(Map<String, @Nullable Object> payload) {
        return this != CREDENTIAL_CHANGE || !"create".equals(payload.get("change_type"));
    }

    /** Whether its subject may be a session that only an identifier names. */
    boolean isOfSessions() {
        return this == SESSION_REVOKED;
    }
}
